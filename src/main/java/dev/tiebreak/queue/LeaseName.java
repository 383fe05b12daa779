package dev.tiebreak.queue;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A lease as clients hold it: its project, its rising number, and a random token without which the
 * number is worth nothing.
 *
 * @param token 16 bytes
 */
record LeaseName(String project, long number, byte[] token) {

  private static final int TOKEN_BYTES = 16;
  private static final Pattern TEXT =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,62})\\.([1-9][0-9]{0,17})\\.([A-Za-z0-9_-]{22})");

  static byte[] randomToken(SecureRandom random) {
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    return token;
  }

  /** The lease that a client named; empty where it is none of ours. */
  static Optional<LeaseName> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    byte[] token = Base64.getUrlDecoder().decode(matcher.group(3));
    return Optional.of(new LeaseName(matcher.group(1), Long.parseLong(matcher.group(2)), token));
  }

  /** Opaque, URL-safe, at most 106 characters. */
  String text() {
    return project
        + "."
        + number
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }
}
