package dev.tiebreak.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.SplittableRandom;

/**
 * Prompts with a few responses each, as NDJSON to upload: texts of a usual length, random
 * embeddings.
 */
final class MadeUpResponses {

  static final int DIMENSION = 16;

  private static final int RESPONSES = 16;
  private static final int PROMPT_CHARACTERS = 200;
  private static final int RESPONSE_CHARACTERS = 600;
  private static final int MORE = 20;

  private final SplittableRandom random;
  private int prompts;

  MadeUpResponses(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** What comes in while people work: a few prompts. */
  synchronized String more() {
    return rows(MORE);
  }

  /** So many prompts that were not made up before. */
  synchronized String rows(int count) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      prompts++;
      for (int response = 1; response <= RESPONSES; response++) {
        row(rows, response);
      }
    }
    return rows.toString();
  }

  private void row(StringBuilder rows, int response) {
    rows.append("{\"promptId\":\"prompt-")
        .append(prompts)
        .append("\",\"responseId\":\"response-")
        .append(prompts)
        .append('-')
        .append(response)
        .append("\",\"prompt\":\"");
    text(rows, PROMPT_CHARACTERS);
    rows.append("\",\"response\":\"");
    text(rows, RESPONSE_CHARACTERS);
    rows.append("\",\"embedding\":\"").append(embedding()).append("\"}\n");
  }

  private void text(StringBuilder text, int characters) {
    for (int i = 0; i < characters; i++) {
      text.append(i % 7 == 6 ? ' ' : (char) ('a' + random.nextInt(26)));
    }
  }

  private String embedding() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * DIMENSION).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < DIMENSION; i++) {
      bytes.putFloat((float) random.nextGaussian());
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
