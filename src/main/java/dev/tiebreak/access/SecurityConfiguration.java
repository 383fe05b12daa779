package dev.tiebreak.access;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.EnumSet;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Spring Security, where authentication is on. Boot's own set-up of it is not on the class path:
 * without authentication there is none of it in a request's way.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnAuthentication
@EnableWebSecurity
class SecurityConfiguration {

  /** After {@link RequestShapeFilter} and {@link BodyLimitFilter}. */
  static final int ORDER = 10;

  @Bean
  AccessProblems accessProblems(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return new AccessProblems(problems);
  }

  @Bean
  FilterRegistrationBean<UnavailableFilter> unavailableFilter(AccessProblems problems) {
    FilterRegistrationBean<UnavailableFilter> filter =
        new FilterRegistrationBean<>(new UnavailableFilter(problems));
    filter.setOrder(ORDER - 2);
    return filter;
  }

  /** Only requests: what the service itself forwards, such as errors, was let in before. */
  @Bean
  DelegatingFilterProxyRegistrationBean securityFilter() {
    DelegatingFilterProxyRegistrationBean filter =
        new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
    filter.setOrder(ORDER);
    filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    return filter;
  }

  /**
   * Paths are matched as controllers match them, so an encoded slash or percent, which ids may
   * have, misleads nobody.
   */
  @Bean
  HttpFirewall httpFirewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    firewall.setAllowUrlEncodedSlash(true);
    firewall.setAllowUrlEncodedDoubleSlash(true);
    firewall.setAllowUrlEncodedPercent(true);
    firewall.setAllowUrlEncodedPeriod(true);
    firewall.setAllowBackSlash(true);
    firewall.setAllowSemicolon(true);
    firewall.setAllowUrlEncodedLineFeed(true);
    firewall.setAllowUrlEncodedCarriageReturn(true);
    firewall.setAllowUrlEncodedLineSeparator(true);
    firewall.setAllowUrlEncodedParagraphSeparator(true);
    return firewall;
  }

  @Bean
  LogIns logIns(KeyCheck keys, AccessProperties access, Clock clock) {
    return new LogIns(keys, new TokenClaims(access.oidc()), clock);
  }

  @Bean
  SecurityFilterChain securityFilterChain(
      HttpSecurity http,
      AccessProblems problems,
      KeyCheck keys,
      LogIns logIns,
      AccessProperties access,
      Environment environment) {
    LimitedFailures failures =
        access.failuresPerMinute() == 0 ? null : new LimitedFailures(access.failuresPerMinute());
    AuthenticationManager bearer =
        new BearerAuthentication(keys, TokenAuthentication.of(access.oidc()), failures);
    http.securityMatcher(outside(managementPort(environment)))
        .requestCache(cache -> cache.requestCache(new NullRequestCache()))
        .oauth2ResourceServer(server ->
            server
                .bearerTokenResolver(new ClosedBearer())
                .authenticationManagerResolver(request -> bearer)
                .authenticationEntryPoint(problems)
                .accessDeniedHandler(problems))
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
        .authorizeHttpRequests(requests -> requests.anyRequest().access(new AccessDecision()));
    if (access.requestsPerSecond() > 0) {
      http.addFilterBefore(
          new RateLimitFilter(access.requestsPerSecond(), problems), AuthorizationFilter.class);
    }
    logIn(http, logIns, access.oidc());
    return http.authenticationProvider(new KeyLogIn(keys, failures)).build();
  }

  /** The port that management has for itself, open to whoever reaches it; -1: none. */
  private static int managementPort(Environment environment) {
    return ManagementPortType.get(environment) == ManagementPortType.DIFFERENT
        ? environment.getRequiredProperty("management.server.port", Integer.class)
        : -1;
  }

  private static RequestMatcher outside(int port) {
    return request -> request.getLocalPort() != port;
  }

  /** People's way in, over pages. */
  private static void logIn(HttpSecurity http, LogIns logIns, OidcProperties oidc) {
    WayBack wayBack = new WayBack();
    http.securityContext(context -> context.securityContextRepository(logIns))
        .csrf(token ->
            token
                .csrfTokenRepository(PageToken.cookie())
                .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                .requireCsrfProtectionMatcher(PageToken::isNeeded))
        .addFilterAfter(new PageToken(), CsrfFilter.class)
        .formLogin(form ->
            form.loginPage(WayBack.LOG_IN)
                .usernameParameter("name")
                .passwordParameter("key")
                .successHandler(wayBack)
                .failureHandler(wayBack))
        .logout(logout -> logout.logoutSuccessUrl(WayBack.LOG_IN + "?logout"))
        .headers(headers ->
            headers
                .defaultsDisabled()
                .httpStrictTransportSecurity(strict -> strict.includeSubDomains(false)));
    if (!oidc.clientId().isBlank()) {
      http.oauth2Login(new IssuerLogIn(oidc, wayBack));
    }
  }
}
