package dev.tiebreak.access;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/** Tells who sent a token of the issuer: signature, times, issuer and audience are checked. */
final class TokenAuthentication implements AuthenticationManager {

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
        new JwtAuthenticationProvider(
            new Issuer(oidc.issuer())
                .decoder(
                    new DelegatingOAuth2TokenValidator<>(
                        JwtValidators.createDefaultWithIssuer(oidc.issuer()),
                        new JwtAudienceValidator(oidc.audience()))));
    provider.setJwtAuthenticationConverter(jwt -> claims.principal(jwt.getClaims()));
    return new TokenAuthentication(provider);
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
