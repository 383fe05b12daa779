package dev.tiebreak.load;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the service answered. */
record Reply(int status, @Nullable String retryAfter, byte[] body) {

  /** Turned away in the manner that the contract names: try again later. */
  boolean refused() {
    return (status == 429 || status == 503) && retryAfter != null;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
