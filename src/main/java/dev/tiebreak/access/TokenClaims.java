package dev.tiebreak.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** Reads who somebody is in the claims of a token. */
final class TokenClaims {

  private static final int LONGEST_NAME = 200;
  private static final String ALL_PROJECTS = "*";
  private static final Pattern DOT = Pattern.compile("\\.");

  private final OidcProperties oidc;

  TokenClaims(OidcProperties oidc) {
    this.oidc = oidc;
  }

  /**
   * Who a token's holder is. A role that is none of ours is another service's and passed over;
   * without projects none is granted.
   */
  KnownPrincipal principal(Map<String, Object> claims) {
    if (!(find(claims, oidc.nameClaim()) instanceof String name)
        || name.isBlank()
        || name.length() > LONGEST_NAME) {
      throw new InvalidBearerTokenException("the token names nobody");
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      if (texts(claims, oidc.rolesClaim()).contains(role.name())) {
        roles.add(role);
      }
    }
    Set<String> projects = texts(claims, oidc.projectsClaim());
    return new KnownPrincipal(
        name,
        "subject " + claims.get("sub"),
        roles,
        projects.contains(ALL_PROJECTS) ? null : projects);
  }

  private static Set<String> texts(Map<String, Object> claims, String path) {
    Stream<?> values =
        switch (find(claims, path)) {
          case String text -> Arrays.stream(text.split(" "));
          case Collection<?> list -> list.stream();
          case null, default -> Stream.empty();
        };
    Set<String> texts = new TreeSet<>();
    values.forEach(value -> texts.add(String.valueOf(value)));
    return texts;
  }

  /** A claim of this name, else where the path leads. */
  private static @Nullable Object find(Map<String, Object> claims, String path) {
    if (claims.containsKey(path)) {
      return claims.get(path);
    }
    Object value = claims;
    for (String step : DOT.split(path)) {
      value = value instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return value;
  }
}
