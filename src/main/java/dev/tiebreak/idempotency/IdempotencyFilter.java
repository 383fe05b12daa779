package dev.tiebreak.idempotency;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Gives a write with an {@code Idempotency-Key} its first answer again. It comes after
 * authentication and the scope of projects.
 */
@Component
@Order(20)
@EnableConfigurationProperties(IdempotencyProperties.class)
class IdempotencyFilter extends OncePerRequestFilter {

  static final String HEADER = "Idempotency-Key";

  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final Pattern KEY = Pattern.compile("[!-~]([ -~]{0,198}[!-~])?");

  /** What is in a project; creation and removal of one are not. */
  private static final PathPattern IN_PROJECT =
      PathPatternParser.defaultInstance.parse("/projects/{project}/{part}/**");

  private final KeyedRequests requests;
  private final Projects projects;
  private final HandlerExceptionResolver problems;

  /** Of this process; those of others a lock in the database tells of. */
  private final Set<RequestKey> inFlight = ConcurrentHashMap.newKeySet();

  IdempotencyFilter(
      KeyedRequests requests,
      Projects projects,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    this.requests = requests;
    this.projects = projects;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getHeader(HEADER) == null || !WRITES.contains(request.getMethod());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      alone(key(request), new DigestedRequest(request), response, chain);
    } catch (RuntimeException failure) {
      if (problems.resolveException(request, response, null, failure) == null) {
        throw failure;
      }
    }
  }

  private void alone(
      RequestKey key, DigestedRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!inFlight.add(key)) {
      throw inFlight();
    }
    try {
      requests.answer(key, request, response, chain);
    } finally {
      inFlight.remove(key);
    }
  }

  static ProblemException inFlight() {
    return new ProblemException(
        ProblemType.REQUEST_IN_FLIGHT, "The first request with this key has not been answered yet");
  }

  private RequestKey key(HttpServletRequest request) {
    String key = request.getHeader(HEADER);
    if (!KEY.matcher(key).matches()) {
      throw ProblemException.invalid(HEADER, "must be 1 to 200 visible characters of ASCII");
    }
    @Nullable Principal principal = request.getUserPrincipal();
    return new RequestKey(projectId(request), principal == null ? "" : principal.getName(), key);
  }

  private long projectId(HttpServletRequest request) {
    PathPattern.PathMatchInfo match =
        IN_PROJECT.matchAndExtract(ServletRequestPathUtils.parse(request).pathWithinApplication());
    @Nullable String slug = match == null ? null : match.getUriVariables().get("project");
    return slug == null
        ? RequestKey.NO_PROJECT
        : projects.find(slug).map(Project::projectId).orElse(RequestKey.NO_PROJECT);
  }
}
