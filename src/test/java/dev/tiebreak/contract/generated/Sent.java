package dev.tiebreak.contract.generated;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiebreak.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A request that was sent, and what came back.
 *
 * @param number of the run
 * @param answer null where none came
 */
record Sent(long seed, long number, Draft draft, RawRequest raw, @Nullable Answer answer) {

  private static final Path KEPT = Path.of("target", "generated-requests");
  private static final int SHOWN = 1500;

  boolean isRefused() {
    return answer != null && answer.status() >= 400;
  }

  boolean isAccepted() {
    return answer != null && answer.status() < 400;
  }

  private String kind() {
    return draft.operation + " " + draft.changes + " → " + (answer == null ? "" : answer.status());
  }

  /** All that is needed to send it again; its bytes are kept in a file. */
  String text() {
    Path file = KEPT.resolve(seed + "-" + number + ".http");
    try {
      Files.createDirectories(KEPT);
      Files.write(file, raw.bytes());
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
    return """
    request %d of seed %d, %s
    to send it again: nc -N 127.0.0.1 PORT < %s
    %s
    → %s
    """
        .formatted(
            number,
            seed,
            kind(),
            file,
            shown(new String(raw.bytes(), ISO_8859_1)),
            answer == null ? "no answer" : answer.status() + " " + shown(answer.text()));
  }

  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars()
        .limit(SHOWN)
        .forEach(c -> shown.append(c == '\n' || c >= ' ' && c < 127 ? (char) c + "" : escape(c)));
    return text.length() > SHOWN ? shown + "… (" + text.length() + ")" : shown.toString();
  }

  private static String escape(int c) {
    return c == '\r' ? "" : "\\x%02x".formatted(c);
  }
}
