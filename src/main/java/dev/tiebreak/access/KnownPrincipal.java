package dev.tiebreak.access;

import java.security.Principal;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Somebody who has shown who they are. Their authorities are {@code ROLE_} and a role's name, and
 * {@code PROJECT_} and the name of each project granted, {@code *} for all.
 */
final class KnownPrincipal extends AbstractAuthenticationToken {

  private static final long serialVersionUID = 1;

  private final String name;
  private final String source;
  private final Set<Role> roles;
  private final @Nullable Set<String> projects;

  /**
   * Somebody.
   *
   * @param name who annotates
   * @param source what showed it, such as {@code key a1b2…}; one for each key and each subject
   * @param projects granted; null: all
   */
  KnownPrincipal(String name, String source, Set<Role> roles, @Nullable Set<String> projects) {
    super(authorities(roles, projects));
    this.name = name;
    this.source = source;
    this.roles = Set.copyOf(roles);
    this.projects = projects == null ? null : Set.copyOf(projects);
    setAuthenticated(true);
  }

  private static Collection<? extends GrantedAuthority> authorities(
      Set<Role> roles, @Nullable Set<String> projects) {
    return Stream.concat(
            roles.stream().map(role -> "ROLE_" + role),
            (projects == null ? Set.of("*") : new TreeSet<>(projects))
                .stream().map(project -> "PROJECT_" + project))
        .map(SimpleGrantedAuthority::new)
        .collect(Collectors.toUnmodifiableList());
  }

  /** Whether one of these roles is theirs; an ADMIN has them all. */
  boolean hasAnyOf(Set<Role> wanted) {
    return roles.contains(Role.ADMIN) || roles.stream().anyMatch(wanted::contains);
  }

  /** The projects granted; null: all. */
  @Nullable Set<String> projects() {
    return projects;
  }

  /** The projects granted to a principal; null: all, as where there is none. */
  static @Nullable Set<String> projectsOf(@Nullable Principal principal) {
    return principal == null ? null : ((KnownPrincipal) principal).projects;
  }

  /** What showed who they are. */
  String source() {
    return source;
  }

  /** Whether a project is granted, should there be one of this name. */
  boolean covers(String project) {
    return projects == null || projects.contains(project);
  }

  /** Whether all of these projects are granted; null: all that there are. */
  boolean coversAll(@Nullable Set<String> others) {
    return projects == null || others != null && projects.containsAll(others);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Object getPrincipal() {
    return name;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KnownPrincipal known
        && super.equals(other)
        && source.equals(known.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }
}
