package dev.tiebreak.access;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * On loopback without authentication, answers only to loopback's names: a page of another site that
 * has its own name resolved to this machine (DNS rebinding) is turned away, and so is one that
 * sends its visitor's browser here.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class LoopbackHostFilter extends OncePerRequestFilter {

  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|0:0:0:0:0:0:0:1", Pattern.CASE_INSENSITIVE);

  private final AccessProperties access;
  private final HandlerExceptionResolver problems;

  LoopbackHostFilter(
      AccessProperties access,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    this.access = access;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (access.authenticates() || access.allowUnauthenticated() || isFromHere(request)) {
      chain.doFilter(request, response);
      return;
    }
    problems.resolveException(
        request,
        response,
        null,
        new ProblemException(
            ProblemType.FORBIDDEN,
            "Without authentication the service answers only to localhost, and to no other site's pages"));
  }

  private static boolean isFromHere(HttpServletRequest request) {
    @Nullable String site = request.getHeader("Sec-Fetch-Site");
    return LOOPBACK.matcher(request.getServerName()).matches() && !"cross-site".equals(site);
  }
}
