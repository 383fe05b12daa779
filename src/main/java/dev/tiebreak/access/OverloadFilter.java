package dev.tiebreak.access;

import dev.tiebreak.database.ConnectionDemand;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.problem.ProblemWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns requests away before anything is done for them, while so many wait for a connection to the
 * database that another one would wait too long: what is let in is answered in time, and what is
 * not knows it at once. As threads are virtual, connections are all that requests queue for.
 *
 * <p>Probes and scrapes always get in, as they tell of the overload, and so does who asks for the
 * written contract. The meter {@code tiebreak.requests.shed} counts who did not.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class OverloadFilter extends OncePerRequestFilter {

  private static final Set<String> ALWAYS =
      Set.of("/livez", "/readyz", "/metrics", "/openapi.yaml", "/docs");
  private static final String RETRY_SECONDS = "1";

  private final ConnectionDemand demand;
  private final int mostWaiting;
  private final ProblemWriter problems;
  private final Counter shed;

  OverloadFilter(
      ConnectionDemand demand,
      OverloadProperties properties,
      ProblemWriter problems,
      MeterRegistry registry) {
    this.demand = demand;
    this.mostWaiting = properties.mostWaiting();
    this.problems = problems;
    this.shed =
        Counter.builder("tiebreak.requests.shed")
            .description("Requests turned away as too many waited")
            .register(registry);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return ALWAYS.contains(request.getRequestURI());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (demand.waiting() < mostWaiting) {
      chain.doFilter(request, response);
      return;
    }
    shed.increment();
    response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    problems.write(
        request, response, ProblemType.UNAVAILABLE, "There are too many requests at the moment");
  }
}
