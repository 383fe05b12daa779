package dev.tiebreak.access;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtValidators;

/** What this service is to the issuer when people log in there, and what the issuer is to it. */
final class IssuerClient
    implements ClientRegistrationRepository, JwtDecoderFactory<ClientRegistration> {

  static final String NAME = "tiebreak";

  /**
   * What is known once the issuer has answered.
   *
   * @param idTokens checks who it says that somebody is
   */
  private record Known(ClientRegistration registration, JwtDecoder idTokens) {}

  private final OidcProperties oidc;
  private final Issuer issuer;
  private volatile @Nullable Known known;

  IssuerClient(OidcProperties oidc, Issuer issuer) {
    this.oidc = oidc;
    this.issuer = issuer;
  }

  @Override
  public @Nullable ClientRegistration findByRegistrationId(String name) {
    return name.equals(NAME) ? known().registration() : null;
  }

  /** The one that there is. */
  ClientRegistration registration() {
    return known().registration();
  }

  @Override
  public JwtDecoder createDecoder(ClientRegistration registration) {
    return known().idTokens();
  }

  private Known known() {
    Known found = known;
    if (found == null) {
      ClientRegistration registration = registration(issuer.metadata());
      found =
          new Known(
              registration,
              issuer.decoder(
                  JwtValidators.createDefaultWithValidators(
                      new OidcIdTokenValidator(registration))));
      known = found;
    }
    return found;
  }

  private ClientRegistration registration(Map<String, Object> metadata) {
    try {
      ClientRegistration.Builder client =
          ClientRegistrations.fromOidcConfiguration(metadata)
              .registrationId(NAME)
              .clientId(oidc.clientId())
              .scope("openid", "profile");
      return oidc.clientSecret().isBlank()
          ? client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE).build()
          : client.clientSecret(oidc.clientSecret()).build();
    } catch (IllegalArgumentException | IllegalStateException odd) {
      throw new AuthenticationServiceException("the issuer describes itself oddly", odd);
    }
  }
}
