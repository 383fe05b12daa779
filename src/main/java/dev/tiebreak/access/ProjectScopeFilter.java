package dev.tiebreak.access;

import dev.tiebreak.database.ProjectScope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
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
@Order(10)
class ProjectScopeFilter extends OncePerRequestFilter {

  private static final String PROJECT = "project";

  /** Read as controllers read them. */
  private static final List<PathPattern> PATHS =
      List.of(
          PathPatternParser.defaultInstance.parse("/projects/{project}/**"),
          PathPatternParser.defaultInstance.parse("/annotate/{project}/**"));

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      scope(request)
          .call(() -> {
            chain.doFilter(request, response);
            return true;
          });
    } catch (ServletException | IOException | RuntimeException failure) {
      throw failure;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ProjectScope scope(HttpServletRequest request) {
    @Nullable String named = named(request);
    ProjectScope granted = granted(request);
    return named == null ? granted : granted.and(ProjectScope.of(named));
  }

  /** Without authentication all; meters are the whole service's, whoever reads them. */
  private static ProjectScope granted(HttpServletRequest request) {
    return ProjectScope.all();
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
