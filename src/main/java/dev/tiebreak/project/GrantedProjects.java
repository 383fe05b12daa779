package dev.tiebreak.project;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.security.Principal;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * The projects that whoever sent a request may know of. They come with the principal, as
 * authorities: {@code PROJECT_hh} is the project hh, {@code PROJECT_*} all.
 *
 * @param all whether it is all of them
 * @param slugs the names of some, where it is not all
 */
public record GrantedProjects(boolean all, Set<String> slugs) {

  private static final String PREFIX = "PROJECT_";
  private static final String ALL = PREFIX + "*";

  /** What a principal is granted; all where there is none, as authentication is off then. */
  public static GrantedProjects to(@Nullable Principal principal) {
    if (principal == null) {
      return new GrantedProjects(true, Set.of());
    }
    Set<String> authorities =
        principal instanceof Authentication known
            ? known.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(authority -> authority != null && authority.startsWith(PREFIX))
                .collect(Collectors.toSet())
            : Set.of();
    return authorities.contains(ALL)
        ? new GrantedProjects(true, Set.of())
        : new GrantedProjects(
            false,
            authorities.stream()
                .map(authority -> authority.substring(PREFIX.length()))
                .collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether a project of this name, should there be one, is among them. */
  public boolean includes(String slug) {
    return all || slugs.contains(slug);
  }

  /** Refuses any other project in the same words, whether there is one or not. */
  public void require(String slug) {
    if (!includes(slug)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Your key or token does not cover this project");
    }
  }
}
