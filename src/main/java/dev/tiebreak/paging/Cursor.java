package dev.tiebreak.paging;

import dev.tiebreak.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins: after the row with this key. Its text is opaque and uses only {@code
 * [A-Za-z0-9_-]}.
 */
public record Cursor(long after) {

  private static final int TEXT_LENGTH = 11;

  /** Reads what {@link #text()} wrote; {@code start} where there is no text. */
  public static Cursor parse(@Nullable String text, long start) {
    if (text == null) {
      return new Cursor(start);
    }
    try {
      if (text.length() == TEXT_LENGTH) {
        return new Cursor(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)).getLong());
      }
    } catch (IllegalArgumentException notBase64) {
      // told below
    }
    throw unknown();
  }

  /** What is said of a text that cannot be one of ours. */
  public static ProblemException unknown() {
    return ProblemException.invalid("cursor", "is not one that this service gave");
  }

  /** The text for an answer. */
  public String text() {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(after).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
