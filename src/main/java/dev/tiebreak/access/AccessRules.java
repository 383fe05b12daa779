package dev.tiebreak.access;

import static dev.tiebreak.access.AccessRule.Reach.ALL_PROJECTS;
import static dev.tiebreak.access.AccessRule.Reach.OPEN;
import static dev.tiebreak.access.AccessRule.Reach.PROJECT;
import static dev.tiebreak.access.Role.ADMIN;
import static dev.tiebreak.access.Role.ANNOTATOR;
import static dev.tiebreak.access.Role.OBSERVER;
import static dev.tiebreak.access.Role.TRAINER;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may do what: the one table. What it lacks nobody reaches. Paths are matched by the parser
 * that finds controllers, so that no spelling of a path means one thing here and another there.
 */
final class AccessRules {

  /** Every operation, and every page with its files. */
  static final List<AccessRule> TABLE =
      List.of(
          rule(GET, "/projects", Role.values()),
          rule(GET, "/projects/{project}", Role.values()),
          rule(PUT, "/projects/{project}", ADMIN),
          rule(DELETE, "/projects/{project}", ADMIN),
          rule(POST, "/projects/{project}/embeddings", TRAINER),
          rule(GET, "/projects/{project}/responses", TRAINER),
          rule(GET, "/projects/{project}/responses/{responseId}", TRAINER),
          rule(GET, "/next-batch", ANNOTATOR),
          rule(POST, "/verdicts", ANNOTATOR),
          rule(DELETE, "/leases/{lease}", ANNOTATOR),
          rule(POST, "/leases/{lease}/renewal", ANNOTATOR),
          rule(GET, "/projects/{project}/verdicts", TRAINER),
          rule(POST, "/projects/{project}/verdicts", TRAINER),
          rule(POST, "/projects/{project}/refits", TRAINER),
          rule(GET, "/projects/{project}/refits", TRAINER, OBSERVER),
          rule(GET, "/projects/{project}/refits/{number}", TRAINER),
          rule(GET, "/projects/{project}/batches", TRAINER),
          rule(GET, "/projects/{project}/batches/{number}", TRAINER),
          rule(GET, "/projects/{project}/batches/{number}/map", TRAINER, OBSERVER),
          rule(GET, "/projects/{project}/progress", OBSERVER),
          rule(POST, "/projects/{project}/replays", TRAINER),
          rule(GET, "/projects/{project}/replays", TRAINER),
          rule(GET, "/projects/{project}/replays/{number}", TRAINER),
          rule(DELETE, "/projects/{project}/replays/{number}", TRAINER),
          rule(GET, "/projects/{project}/replays/{number}/curves", TRAINER),
          rule(GET, "/projects/{project}/replays/{number}/points", TRAINER),
          rule(GET, "/projects/{project}/replays/{number}/differences", TRAINER),
          rule(GET, "/projects/{project}/replays/{number}/ratios", TRAINER),
          rule(GET, "/projects/{project}/replays/{number}/diversity", TRAINER),
          rule(GET, "/projects/{project}/replays/{number}/costs", TRAINER),
          rule(GET, "/projects/{project}/replays/{number}/ablations", TRAINER),
          rule(GET, "/projects/{project}/replays/{number}/charts/{chart}", TRAINER),
          rule(GET, "/projects/{project}/model", TRAINER),
          rule(POST, "/projects/{project}/scores", TRAINER),
          rule(GET, "/projects/{project}/rewards", TRAINER),
          rule(GET, "/projects/{project}/export", TRAINER),
          rule(POST, "/keys", ADMIN),
          rule(GET, "/keys", ADMIN),
          rule(DELETE, "/keys/{key}", ADMIN),
          rule(GET, "/audit", ADMIN),
          new AccessRule(GET, path("/metrics"), Set.of(OBSERVER), ALL_PROJECTS, false),
          open(GET, "/livez"),
          open(GET, "/readyz"),
          open(GET, "/openapi.yaml"),
          open(GET, "/docs"),
          page(PROJECT, "/", Role.values()),
          page(PROJECT, "/annotate/{project}", ANNOTATOR),
          page(PROJECT, "/annotate/{project}/figures", ANNOTATOR),
          page(PROJECT, "/projects/{project}/dashboard", TRAINER, OBSERVER),
          page(OPEN, WayBack.LOG_IN),
          page(OPEN, "/assets/**"),
          page(OPEN, "/docs/**"));

  private AccessRules() {}

  private static AccessRule rule(HttpMethod method, String path, Role... roles) {
    return new AccessRule(method, path(path), Set.of(roles), PROJECT, false);
  }

  private static AccessRule open(HttpMethod method, String path) {
    return new AccessRule(method, path(path), Set.of(), OPEN, false);
  }

  private static AccessRule page(AccessRule.Reach reach, String path, Role... roles) {
    return new AccessRule(GET, path(path), Set.of(roles), reach, true);
  }

  private static PathPattern path(String pattern) {
    return PathPatternParser.defaultInstance.parse(pattern);
  }

  /**
   * The rule for a request, and what its path names.
   *
   * @param variables as in {@code /projects/{project}}, decoded
   */
  record Match(AccessRule rule, Map<String, String> variables) {}

  /** The rule for a request; empty where there is none. */
  static Optional<Match> find(HttpServletRequest request) {
    return find(HttpMethod.valueOf(request.getMethod()), path(request));
  }

  private static PathContainer path(HttpServletRequest request) {
    return ServletRequestPathUtils.parse(request).pathWithinApplication();
  }

  private static Optional<Match> find(HttpMethod method, PathContainer path) {
    HttpMethod asked = method.equals(HEAD) ? GET : method;
    return TABLE.stream()
        .filter(rule -> rule.method().equals(asked) && rule.path().matches(path))
        .min(Comparator.comparing(AccessRule::path, PathPattern.SPECIFICITY_COMPARATOR))
        .map(rule -> {
          PathPattern.PathMatchInfo found = rule.path().matchAndExtract(path);
          return new Match(rule, found == null ? Map.of() : found.getUriVariables());
        });
  }

  /** The methods that a path has; none where there is nothing. */
  static Set<String> methods(HttpServletRequest request) {
    PathContainer path = path(request);
    Set<String> methods = new TreeSet<>();
    TABLE.stream()
        .filter(rule -> rule.path().matches(path))
        .forEach(rule -> methods.add(rule.method().name()));
    return methods;
  }
}
