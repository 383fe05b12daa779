package dev.tiebreak.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns away who asks too often: a key, a subject of tokens, or an address without either. */
final class RateLimitFilter extends OncePerRequestFilter {

  private static final Set<String> PROBES = Set.of("/livez", "/readyz");

  private final int requestsPerSecond;
  private final RateLimits limits;
  private final AccessProblems problems;

  RateLimitFilter(int requestsPerSecond, AccessProblems problems) {
    this.requestsPerSecond = requestsPerSecond;
    this.limits = new RateLimits(2L * requestsPerSecond, requestsPerSecond, Duration.ofSeconds(1));
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return PROBES.contains(request.getRequestURI());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long seconds = limits.secondsToWait(who(request));
    if (seconds == 0) {
      chain.doFilter(request, response);
      return;
    }
    problems.tellTooMany(
        request, response, seconds, "More than " + requestsPerSecond + " requests a second");
  }

  private static String who(HttpServletRequest request) {
    return SecurityContextHolder.getContext().getAuthentication() instanceof KnownPrincipal known
        ? known.source()
        : "address " + request.getRemoteAddr();
  }
}
