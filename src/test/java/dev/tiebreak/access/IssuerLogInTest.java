package dev.tiebreak.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** The start of a log-in at an issuer that does not answer yet. */
class IssuerLogInTest {

  private final LocalIssuer issuer = new LocalIssuer();
  private final AnnotationConfigWebApplicationContext context =
      new AnnotationConfigWebApplicationContext();

  IssuerLogInTest() {
    OidcProperties oidc =
        new OidcProperties(
            issuer.url(), LocalIssuer.AUDIENCE, "sub", "roles", "projects", LocalPeople.CLIENT, "");
    context.setServletContext(new MockServletContext());
    context.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("oidc", oidc));
    context.register(OnlyTheIssuer.class);
    context.refresh();
  }

  /** No configuration by name, which a service that is started from these classes would find. */
  @EnableWebSecurity
  static class OnlyTheIssuer {

    @Bean
    SecurityFilterChain chain(HttpSecurity http, OidcProperties oidc) {
      return http.oauth2Login(new IssuerLogIn(oidc, new WayBack())).build();
    }
  }

  @AfterEach
  void close() {
    context.close();
    issuer.close();
  }

  private String start() throws ServletException, IOException {
    MockHttpServletRequest request =
        new MockHttpServletRequest("GET", "/oauth2/authorization/tiebreak");
    request.setParameter("from", "/projects");
    MockHttpServletResponse response = new MockHttpServletResponse();
    context
        .getBean("springSecurityFilterChain", FilterChainProxy.class)
        .doFilter(request, response, new MockFilterChain());
    assertThat(response.getStatus()).isEqualTo(302);
    return String.valueOf(response.getRedirectedUrl());
  }

  @Test
  void saysThatTheIssuerDoesNotAnswerUntilItDoes() throws ServletException, IOException {
    issuer.answers(false);
    assertThat(start()).isEqualTo("/login?error=unavailable&from=%2Fprojects");
    issuer.answers(true);
    assertThat(start())
        .startsWith(issuer.url() + "/authorize?response_type=code&client_id=tiebreak-pages")
        .contains("code_challenge_method=S256", "nonce=", "state=");
  }
}
