package dev.tiebreak.access;

import dev.tiebreak.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Lets a request through where {@link AccessRules} has a rule that does, and nowhere else. */
final class AccessDecision implements AuthorizationManager<RequestAuthorizationContext> {

  private static final String PROJECT = "project";

  /** A no, and how to say it to somebody who is known. */
  static final class Denial extends AuthorizationDecision {

    private static final long serialVersionUID = 1;

    private final ProblemType type;
    private final String detail;
    private final Set<String> methods;

    private Denial(ProblemType type, String detail, Set<String> methods) {
      super(false);
      this.type = type;
      this.detail = detail;
      this.methods = methods;
    }

    private Denial(String detail) {
      this(ProblemType.FORBIDDEN, detail, Set.of());
    }

    ProblemType type() {
      return type;
    }

    String detail() {
      return detail;
    }

    /** The methods that the path has, where that is the trouble. */
    Set<String> methods() {
      return methods;
    }
  }

  @Override
  public AuthorizationResult authorize(
      Supplier<? extends @Nullable Authentication> authentication,
      RequestAuthorizationContext context) {
    HttpServletRequest request = context.getRequest();
    Optional<AccessRules.Match> match = AccessRules.find(request);
    if (match.isEmpty()) {
      return unlisted(request);
    }
    AccessRules.Match found = match.get();
    if (found.rule().reach() == AccessRule.Reach.OPEN) {
      return new AuthorizationDecision(true);
    }
    return authentication.get() instanceof KnownPrincipal known
        ? decide(known, found)
        : new Denial("Only for those who show who they are");
  }

  private static AuthorizationResult decide(KnownPrincipal known, AccessRules.Match match) {
    AccessRule rule = match.rule();
    if (!known.hasAnyOf(rule.roles())) {
      return new Denial(
          "This takes "
              + rule.roles().stream().map(Role::name).sorted().collect(Collectors.joining(" or "))
              + "; none of your roles allows it");
    }
    String project = match.variables().get(PROJECT);
    if (project != null && !known.covers(project)) {
      return new Denial("Your key or token does not cover this project");
    }
    return rule.reach() == AccessRule.Reach.ALL_PROJECTS && known.projects() != null
        ? new Denial("This tells of all projects, and your key or token covers only some")
        : new AuthorizationDecision(true);
  }

  private static Denial unlisted(HttpServletRequest request) {
    Set<String> methods = AccessRules.methods(request);
    ProblemType type =
        methods.isEmpty() ? ProblemType.PATH_NOT_FOUND : ProblemType.METHOD_NOT_ALLOWED;
    return new Denial(type, type.title(), methods);
  }
}
