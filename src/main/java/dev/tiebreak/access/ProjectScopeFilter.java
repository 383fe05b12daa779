package dev.tiebreak.access;

import dev.tiebreak.body.ScopedChain;
import dev.tiebreak.database.ProjectScope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Lets a request see the projects that are granted to its principal, and where it names one, only
 * this one of them. It comes after authentication and before whatever reads the database.
 */
@Component
@Order(20)
class ProjectScopeFilter extends OncePerRequestFilter {

  private static final String PROJECT = "project";

  /** Read as controllers read them. */
  private static final List<PathPattern> PATHS =
      List.of(
          PathPatternParser.defaultInstance.parse("/projects/{project}/**"),
          PathPatternParser.defaultInstance.parse("/annotate/{project}/**"));

  private final AccessProperties access;

  ProjectScopeFilter(AccessProperties access) {
    this.access = access;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ScopedChain.within(scope(request)::call, chain, request, response);
  }

  private ProjectScope scope(HttpServletRequest request) {
    @Nullable String named = named(request);
    ProjectScope granted = granted(request);
    return named == null ? granted : granted.and(ProjectScope.of(named));
  }

  /** Without authentication all; with it what is granted, to nobody who is known nothing. */
  private ProjectScope granted(HttpServletRequest request) {
    if (!access.authenticates()) {
      return ProjectScope.all();
    }
    if (!(request.getUserPrincipal() instanceof KnownPrincipal known)) {
      return ProjectScope.of(Set.of());
    }
    @Nullable Set<String> projects = known.projects();
    return projects == null ? ProjectScope.all() : ProjectScope.of(projects);
  }

  private static @Nullable String named(HttpServletRequest request) {
    PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
    for (PathPattern pattern : PATHS) {
      PathPattern.PathMatchInfo match = pattern.matchAndExtract(path);
      if (match != null) {
        return match.getUriVariables().get(PROJECT);
      }
    }
    return path.value().equals("/next-batch") ? parameter(request) : null;
  }

  /** A query that cannot be read is refused later. */
  private static @Nullable String parameter(HttpServletRequest request) {
    try {
      return request.getParameter(PROJECT);
    } catch (InvalidParameterException unreadable) {
      return null;
    }
  }
}
