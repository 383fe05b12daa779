package dev.tiebreak.access;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/**
 * Lets pages of the origins that are named call the service, with a key or token: never with a
 * session.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(CrossOrigin.IsWanted.class)
class CrossOrigin {

  /** Where an origin is named. */
  static final class IsWanted implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !AccessProperties.of(context.getEnvironment()).corsOrigins().isEmpty();
    }
  }

  private static final Duration REMEMBERED = Duration.ofHours(1);

  @Bean
  FilterRegistrationBean<CorsFilter> crossOriginFilter(AccessProperties access) {
    CorsConfiguration allowed = new CorsConfiguration();
    allowed.setAllowedOrigins(access.corsOrigins());
    allowed.setAllowedMethods(List.of("GET", "POST", "PUT", "DELETE"));
    allowed.setAllowedHeaders(
        List.of(
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-None-Match",
            "Prefer",
            "X-Request-Id"));
    allowed.setExposedHeaders(
        List.of("ETag", "Location", "Retry-After", "WWW-Authenticate", "X-Request-Id"));
    allowed.setAllowCredentials(false);
    allowed.setMaxAge(REMEMBERED);
    UrlBasedCorsConfigurationSource everywhere = new UrlBasedCorsConfigurationSource();
    everywhere.registerCorsConfiguration("/**", allowed);
    FilterRegistrationBean<CorsFilter> filter =
        new FilterRegistrationBean<>(new CorsFilter(everywhere));
    filter.setOrder(-2);
    return filter;
  }
}
