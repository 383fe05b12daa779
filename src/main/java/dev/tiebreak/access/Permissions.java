package dev.tiebreak.access;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells beforehand what {@link AccessRules} will say, so that nobody is offered what is refused.
 */
@Component
public final class Permissions {

  /**
   * Whether a role of theirs allows an operation, in the projects that they are granted.
   *
   * @param principal null where authentication is off: everybody may do everything then
   * @param operation as the contract names it: {@code GET /projects/{project}/progress}
   */
  public boolean allow(@Nullable Principal principal, String operation) {
    return principal == null
        || principal instanceof KnownPrincipal known && known.hasAnyOf(rule(operation).roles());
  }

  private static AccessRule rule(String operation) {
    return AccessRules.TABLE.stream()
        .filter(rule -> rule.operation().equals(operation))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No rule is for " + operation));
  }
}
