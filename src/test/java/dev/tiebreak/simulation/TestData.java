package dev.tiebreak.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small data directories and .npy files. */
final class TestData {

  private TestData() {}

  /** Prompts with two responses each, of which the good one was preferred. */
  static void helpful(Path directory, int prompts) throws IOException {
    pairs(directory, prompts, "\"label\": \"%s\"");
  }

  /** The same, judged by three annotators: the good one, the other one, a tie. */
  static void triple(Path directory, int prompts) throws IOException {
    pairs(
        directory,
        prompts,
        "\"labels\": {\"annotator3\": \"tie\", \"annotator1\": \"%s\", \"annotator2\": \"%s\"}");
  }

  private static void pairs(Path directory, int prompts, String label) throws IOException {
    StringBuilder texts = new StringBuilder();
    StringBuilder pairs = new StringBuilder();
    float[] values = new float[prompts * 4];
    for (int p = 0; p < prompts; p++) {
      boolean left = p % 3 == 0;
      for (String quality : new String[] {"good", "bad"}) {
        int row = 2 * p + (quality.equals("good") ? 0 : 1);
        values[2 * row] = quality.equals("good") ? 1 : -1;
        values[2 * row + 1] = p;
        texts.append(
            """
            {"row": %d, "response_id": "p%d-%s", "prompt_id": "p%d", "response": "It is %s."}
            """
                .formatted(row, p, quality, p, quality));
      }
      pairs.append(
          """
          {"left": "p%d-%s", "right": "p%d-%s", %s}
          """
              .formatted(
                  p,
                  left ? "good" : "bad",
                  p,
                  left ? "bad" : "good",
                  label.formatted(left ? "left" : "right", left ? "right" : "left")));
    }
    Files.writeString(directory.resolve("texts.ndjson"), texts);
    Files.writeString(directory.resolve("pairs.ndjson"), pairs);
    Files.write(directory.resolve("embeddings.npy"), npy(2 * prompts, 2, values));
  }

  /** A little-endian float32 file as NumPy writes it. */
  static byte[] npy(int rows, int columns, float... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, columns);
    return npy(1, header, data.array());
  }

  /** A file with this header, padded to 64 bytes as NumPy does. */
  static byte[] npy(int version, String header, byte[] data) {
    int prefix = version == 1 ? 10 : 12;
    int length = Math.ceilDiv(prefix + header.length() + 1, 64) * 64 - prefix;
    byte[] padded =
        (header + " ".repeat(length - header.length() - 1) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(prefix + length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    if (version == 1) {
      file.putShort((short) length);
    } else {
      file.putInt(length);
    }
    return file.put(padded).put(data).array();
  }
}
