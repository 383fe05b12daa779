package dev.tiebreak.queue;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.GrantedProjects;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request: with authentication the annotator is the principal, without it whoever the
 * request names.
 *
 * @param name the principal's; null without authentication
 * @param projects what they may know of
 */
record Caller(@Nullable String name, GrantedProjects projects) {

  /** What is said to who names another annotator. */
  static final String ANNOTATES_AS_SELF = "You annotate as yourself: leave annotator out";

  static Caller of(@Nullable Principal principal) {
    return new Caller(
        principal == null ? null : principal.getName(), GrantedProjects.to(principal));
  }

  /** Whether the caller may act as the annotator that a request names, if it names one. */
  boolean mayBe(@Nullable String named) {
    return name == null || named == null || name.equals(named);
  }

  /** The annotator; null where nothing tells. */
  @Nullable String annotator(@Nullable String named) {
    if (!mayBe(named)) {
      throw new ProblemException(ProblemType.FORBIDDEN, ANNOTATES_AS_SELF);
    }
    return name == null ? named : name;
  }
}
