package dev.tiebreak.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request an id, the client's own where it sent a usable one. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestIdFilter extends OncePerRequestFilter {

  private static final String HEADER = "X-Request-Id";
  static final String LOG_KEY = "requestId";
  private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    @Nullable String known = response.getHeader(HEADER);
    String id = known == null ? id(request.getHeader(HEADER)) : known;
    response.setHeader(HEADER, id);
    response.setHeader("X-Content-Type-Options", "nosniff");
    MDC.put(LOG_KEY, id);
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(LOG_KEY);
    }
  }

  /** What Tomcat refuses by itself comes here only to be told so. */
  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  private static String id(@Nullable String given) {
    return given != null && USABLE.matcher(given).matches() ? given : UUID.randomUUID().toString();
  }
}
