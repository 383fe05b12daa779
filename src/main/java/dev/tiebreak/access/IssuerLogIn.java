package dev.tiebreak.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * The log-in at the issuer. The issuer is asked where that is when the first person wants it; of
 * its tokens none is kept, as who somebody is is all that matters.
 */
final class IssuerLogIn implements ClientRegistrationRepository, OAuth2AuthorizedClientRepository {

  private static final String NAME = "tiebreak";

  /** Where a log-in begins. */
  static final String START = "/oauth2/authorization/" + NAME;

  private final OidcProperties oidc;
  private volatile @Nullable ClientRegistration registration;

  IssuerLogIn(OidcProperties oidc) {
    this.oidc = oidc;
  }

  @Override
  public @Nullable ClientRegistration findByRegistrationId(String name) {
    if (!name.equals(NAME)) {
      return null;
    }
    ClientRegistration known = registration;
    if (known == null) {
      known = ask();
      registration = known;
    }
    return known;
  }

  private ClientRegistration ask() {
    try {
      ClientRegistration.Builder client =
          ClientRegistrations.fromIssuerLocation(oidc.issuer())
              .registrationId(NAME)
              .clientId(oidc.clientId())
              .scope("openid", "profile");
      return oidc.clientSecret().isBlank()
          ? client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE).build()
          : client.clientSecret(oidc.clientSecret()).build();
    } catch (IllegalArgumentException | IllegalStateException unreachable) {
      throw new AuthenticationServiceException("the issuer does not answer", unreachable);
    }
  }

  @Override
  public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
      String name, Authentication known, HttpServletRequest request) {
    return null;
  }

  @Override
  public void saveAuthorizedClient(
      OAuth2AuthorizedClient client,
      Authentication known,
      HttpServletRequest request,
      HttpServletResponse response) {
    // not kept
  }

  @Override
  public void removeAuthorizedClient(
      String name, Authentication known, HttpServletRequest request, HttpServletResponse response) {
    // was not kept
  }
}
