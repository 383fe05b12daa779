package dev.tiebreak.access;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes keys for tests, as the command line does. */
final class Credentials {

  private final KeyIssue issue;

  Credentials(KeyIssue issue) {
    this.issue = issue;
  }

  /** A key; null projects: all. */
  KeyIssue.Issued issue(String name, @Nullable Set<String> projects, Role... roles) {
    return issue.create(new NewKey(name, EnumSet.copyOf(Set.of(roles)), projects, null), null);
  }

  /** The header's name and value for such a key. */
  String[] bearer(String name, @Nullable Set<String> projects, Role... roles) {
    return bearer(issue(name, projects, roles).token().text());
  }

  static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }
}
