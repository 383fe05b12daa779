package dev.tiebreak.access;

import dev.tiebreak.problem.FieldError;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives keys out and takes them back, and has both on record. Each is one transaction's work. */
final class KeyIssue {

  private final ApiKeys keys;
  private final AuditTrail trail;

  KeyIssue(ApiKeys keys, AuditTrail trail) {
    this.keys = keys;
    this.trail = trail;
  }

  /**
   * A key and its secret, which nobody can read again.
   *
   * @param token the key as its holder keeps it
   */
  record Issued(ApiKey key, KeyToken token) {}

  /**
   * Creates a key.
   *
   * @param by whose projects it may cover; null: any
   */
  Issued create(NewKey wanted, @Nullable KnownPrincipal by) {
    if (by != null && !by.coversAll(wanted.projects())) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Your key or token covers only some projects: name some of these");
    }
    requireProjects(wanted.projects());
    KeyToken token = KeyToken.random();
    ApiKey key = keys.create(wanted, token, by == null ? null : by.getName());
    trail.add("KEY_CREATED", null, described(key));
    return new Issued(key, token);
  }

  private void requireProjects(@Nullable Set<String> projects) {
    List<FieldError> missing =
        (projects == null ? Set.<String>of() : keys.withoutProject(projects))
            .stream()
                .map(slug -> new FieldError("/projects", "names no project: " + shown(slug)))
                .toList();
    if (!missing.isEmpty()) {
      throw ProblemException.invalid(missing);
    }
  }

  private static String shown(String text) {
    return text.matches("[a-z0-9-]{1,63}") ? text : "a name is 1 to 63 of a-z, 0-9 and -";
  }

  /** Revokes a key; empty where there is none, or none within these projects. */
  Optional<ApiKey> revoke(String id, @Nullable Set<String> within) {
    Optional<ApiKey> revoked = keys.revoke(id, within);
    revoked.ifPresent(key -> trail.add("KEY_REVOKED", null, described(key)));
    return revoked;
  }

  private static Map<String, Object> described(ApiKey key) {
    return key.projects() == null
        ? Map.of("key", key.key(), "name", key.name(), "roles", key.roles())
        : Map.of(
            "key", key.key(), "name", key.name(), "roles", key.roles(), "projects", key.projects());
  }
}
