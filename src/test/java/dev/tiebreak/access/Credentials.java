package dev.tiebreak.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/** Makes keys for tests, as the command line does. */
public final class Credentials {

  private final KeyIssue issue;

  Credentials(KeyIssue issue) {
    this.issue = issue;
  }

  /** Makes keys of the service that these beans are. */
  public static Credentials of(BeanFactory beans) {
    return new Credentials(beans.getBean(KeyIssue.class));
  }

  /** A key's text; it covers all projects. */
  public String secret(String name, String... roles) {
    return issue(name, null, Arrays.stream(roles).map(Role::valueOf).toArray(Role[]::new))
        .token()
        .text();
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
