package dev.tiebreak.access;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
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
  private static final int ORDER = 10;

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
  SecurityFilterChain securityFilterChain(
      HttpSecurity http, AccessProblems problems, KeyCheck keys) {
    AuthenticationManager bearer =
        new BearerAuthentication(
            keys,
            token -> {
              throw new InvalidBearerTokenException("no tokens are taken here");
            });
    return http.headers(AbstractHttpConfigurer::disable)
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .oauth2ResourceServer(server ->
            server
                .bearerTokenResolver(new ClosedBearer())
                .authenticationManagerResolver(request -> bearer)
                .authenticationEntryPoint(problems)
                .accessDeniedHandler(problems))
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
        .authorizeHttpRequests(requests -> requests.anyRequest().access(new AccessDecision()))
        .build();
  }
}
