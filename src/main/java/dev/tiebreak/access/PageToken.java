package dev.tiebreak.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The token that a page's requests must carry, so that no other site's page can send them in the
 * name of who is logged in. Pages get it as a cookie that their scripts read; programs with a key
 * or token never meet it.
 */
final class PageToken extends OncePerRequestFilter {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "TRACE", "OPTIONS");

  /** Where the token is kept: with the browser. */
  static CookieCsrfTokenRepository cookie() {
    CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
    cookie.setCookieCustomizer(attributes -> attributes.sameSite("Lax"));
    return cookie;
  }

  /**
   * Whether a request must carry it: one that may change something, and comes with a session, or is
   * about to make one.
   */
  static boolean isNeeded(HttpServletRequest request) {
    return !SAFE.contains(request.getMethod())
        && (request.getRequestURI().equals(WayBack.LOG_IN) || hasSession(request));
  }

  private static boolean hasSession(HttpServletRequest request) {
    return request.getCookies() != null
        && Arrays.stream(request.getCookies())
            .anyMatch(cookie -> cookie.getName().equals(SessionConfiguration.COOKIE));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (AccessProblems.wantsPage(request)
        && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
      // asking for it has the cookie sent
      request.setAttribute("pageToken", token.getToken());
    }
    chain.doFilter(request, response);
  }
}
