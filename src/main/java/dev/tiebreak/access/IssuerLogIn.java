package dev.tiebreak.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;

/**
 * The log-in at the issuer: by a code that a person's browser brings from there (OpenID Connect,
 * authorization code flow, with PKCE). Of the issuer's tokens none is kept, as who somebody is is
 * all that matters.
 */
final class IssuerLogIn
    implements Customizer<OAuth2LoginConfigurer<HttpSecurity>>, OAuth2AuthorizedClientRepository {

  /** Where it begins. */
  static final String START = "/oauth2/authorization/" + IssuerClient.NAME;

  private final Issuer issuer;
  private final IssuerClient client;
  private final WayBack wayBack;

  IssuerLogIn(OidcProperties oidc, WayBack wayBack) {
    this.issuer = new Issuer(oidc.issuer());
    this.client = new IssuerClient(oidc, issuer);
    this.wayBack = wayBack;
  }

  @Override
  public void customize(OAuth2LoginConfigurer<HttpSecurity> login) {
    login
        .loginPage(WayBack.LOG_IN)
        .clientRegistrationRepository(client)
        .authorizedClientRepository(this)
        .authorizationEndpoint(
            start -> start.authorizationRequestRepository(new PendingLogIn(client)))
        .tokenEndpoint(tokens -> tokens.accessTokenResponseClient(issuer.codes()))
        .userInfoEndpoint(users -> users.oidcUserService(issuer.users()))
        .successHandler(wayBack)
        .failureHandler(wayBack)
        .addObjectPostProcessor(startPostProcessor());
    login.addObjectPostProcessor(idTokenPostProcessor());
  }

  /** What goes wrong at the start leads to the same page as what goes wrong later. */
  private ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> startPostProcessor() {
    return new ObjectPostProcessor<>() {
      @Override
      public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
        filter.setAuthenticationFailureHandler(wayBack);
        return filter;
      }
    };
  }

  private ObjectPostProcessor<OidcAuthorizationCodeAuthenticationProvider> idTokenPostProcessor() {
    return new ObjectPostProcessor<>() {
      @Override
      public <O extends OidcAuthorizationCodeAuthenticationProvider> O postProcess(O provider) {
        provider.setJwtDecoderFactory(client);
        return provider;
      }
    };
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
