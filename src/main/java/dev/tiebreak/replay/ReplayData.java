package dev.tiebreak.replay;

import dev.tiebreak.linalg.FloatMatrix;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * What a replay computes with. Rows are responses in order of first upload; nothing is changed.
 *
 * @param version of the embeddings
 * @param embeddings n × d
 * @param promptOf the prompt of each row, an index into {@code promptIds}
 * @param gold rewards, n, in their own unit; NaN where a response has none; empty without gold
 * @param recorded verdicts; none where gold rewards are the source
 */
record ReplayData(
    long version,
    FloatMatrix embeddings,
    int[] promptOf,
    String[] responseIds,
    String[] promptIds,
    double[] gold,
    Recorded recorded) {

  /** Whether gold rewards are the source. */
  boolean hasGold() {
    return gold.length > 0;
  }

  /** The prompt that a row answers. */
  String promptId(int row) {
    return promptIds[promptOf[row]];
  }

  /** Rows with which something can be done: all, or those with a gold reward. */
  int[] rows() {
    return IntStream.range(0, promptOf.length)
        .filter(row -> !hasGold() || !Double.isNaN(gold[row]))
        .toArray();
  }

  /** Tells other data apart: of the embeddings' version, the gold rewards and the verdicts. */
  long fingerprint() {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);
    update(crc, buffer, version);
    for (double reward : gold) {
      update(crc, buffer, Double.doubleToLongBits(reward));
    }
    for (int i = 0; i < recorded.size(); i++) {
      update(crc, buffer, ((long) recorded.a()[i] << 32) | recorded.b()[i]);
      update(crc, buffer, Double.doubleToLongBits(recorded.y()[i]));
      update(crc, buffer, recorded.annotators()[i]);
    }
    return crc.getValue();
  }

  private static void update(CRC32C crc, ByteBuffer buffer, long value) {
    crc.update(buffer.clear().putLong(value).flip());
  }
}
