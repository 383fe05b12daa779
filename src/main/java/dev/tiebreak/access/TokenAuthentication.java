package dev.tiebreak.access;

import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.web.client.RestTemplate;

/**
 * Tells who sent a token of the issuer. The issuer is asked for its keys when the first token
 * comes, so that the service starts without it.
 */
final class TokenAuthentication implements AuthenticationManager {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final JwtAuthenticationProvider provider;

  private TokenAuthentication(JwtAuthenticationProvider provider) {
    this.provider = provider;
  }

  /** Takes the tokens of the issuer, or none where there is no issuer. */
  static AuthenticationManager of(OidcProperties oidc) {
    if (!oidc.isOn()) {
      return token -> {
        throw new InvalidBearerTokenException("no tokens are taken here");
      };
    }
    TokenClaims claims = new TokenClaims(oidc);
    JwtAuthenticationProvider provider =
        new JwtAuthenticationProvider(new SupplierJwtDecoder(() -> decoder(oidc)));
    provider.setJwtAuthenticationConverter(jwt -> claims.principal(jwt.getClaims()));
    return new TokenAuthentication(provider);
  }

  /** Checks signature, times, issuer and audience. */
  private static JwtDecoder decoder(OidcProperties oidc) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withIssuerLocation(oidc.issuer()).restOperations(patient()).build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            JwtValidators.createDefaultWithIssuer(oidc.issuer()),
            new JwtAudienceValidator(oidc.audience())));
    return decoder;
  }

  private static RestTemplate patient() {
    JdkClientHttpRequestFactory factory =
        new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(PATIENCE).build());
    factory.setReadTimeout(PATIENCE);
    return new RestTemplate(factory);
  }

  @Override
  public Authentication authenticate(Authentication token) throws AuthenticationException {
    try {
      Authentication known = provider.authenticate(token);
      if (known == null) {
        throw new InvalidBearerTokenException("no token");
      }
      return known;
    } catch (JwtDecoderInitializationException unreachable) {
      throw new AuthenticationServiceException("the issuer does not answer", unreachable);
    }
  }
}
