package dev.tiebreak.replay;

import dev.tiebreak.body.Texts;
import dev.tiebreak.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What tells a repeated request for a replay from another one.
 *
 * @param key the request's {@code Idempotency-Key}; null: none, so that each makes a replay
 * @param digest of the body; null without a key
 */
record ReplayRequest(@Nullable String key, byte @Nullable [] digest) {

  private static final int LONGEST_KEY = 200;

  /** Of a request with this key, which may be null, and this body. */
  static ReplayRequest of(@Nullable String key, JsonNode body) {
    if (key == null) {
      return new ReplayRequest(null, null);
    }
    String wrong = Texts.wrong(key, 1, LONGEST_KEY);
    if (wrong != null) {
      throw ProblemException.invalid("Idempotency-Key", wrong);
    }
    try {
      return new ReplayRequest(
          key,
          MessageDigest.getInstance("SHA-256")
              .digest(body.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
