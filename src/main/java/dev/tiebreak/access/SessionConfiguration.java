package dev.tiebreak.access;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/** Sessions of the pages' log-ins, in the database, so that any replica answers any request. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnAuthentication
@EnableJdbcHttpSession(maxInactiveIntervalInSeconds = SessionConfiguration.IDLE_SECONDS)
class SessionConfiguration {

  /** The session's cookie. */
  static final String COOKIE = "TIEBREAK_SESSION";

  /** After which an idle session ends. */
  static final int IDLE_SECONDS = 8 * 60 * 60;

  /** HttpOnly, and Secure where the request came by TLS. Lax, as the issuer sends people back. */
  @Bean
  CookieSerializer cookieSerializer() {
    DefaultCookieSerializer cookie = new DefaultCookieSerializer();
    cookie.setCookieName(COOKIE);
    cookie.setSameSite("Lax");
    return cookie;
  }

  /** Between what answers where the database doesn't and what looks for who it is. */
  @Bean
  DelegatingFilterProxyRegistrationBean sessionFilter() {
    DelegatingFilterProxyRegistrationBean filter =
        new DelegatingFilterProxyRegistrationBean("springSessionRepositoryFilter");
    filter.setOrder(SecurityConfiguration.ORDER - 1);
    filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    return filter;
  }
}
