package dev.tiebreak.candidate;

import dev.tiebreak.linalg.FloatMatrix;
import java.util.HashMap;
import java.util.Map;

/** Puts an embedding set together, row by row in the order of ordinals. */
final class EmbeddingSetBuilder {

  private final FloatMatrix embeddings;
  private final int[] promptOf;
  private final long[] ordinals;
  private final String[] responseIds;
  private final Map<String, Integer> prompts = new HashMap<>();
  private final double[] sum;
  private int rows;

  EmbeddingSetBuilder(FloatMatrix empty) {
    embeddings = empty;
    promptOf = new int[empty.rows()];
    ordinals = new long[empty.rows()];
    responseIds = new String[empty.rows()];
    sum = new double[empty.columns()];
  }

  void add(long ordinal, String responseId, String promptId, byte[] embedding) {
    int columns = embeddings.columns();
    if (embedding.length != columns * Float.BYTES) {
      throw new IllegalStateException(
          "response " + ordinal + " has " + embedding.length + " bytes, not 4 × " + columns);
    }
    float[] numbers = Float32.read(embedding);
    embeddings.setRow(rows, numbers, 0);
    for (int j = 0; j < columns; j++) {
      sum[j] += numbers[j];
    }
    ordinals[rows] = ordinal;
    responseIds[rows] = responseId;
    promptOf[rows] = prompts.computeIfAbsent(promptId, unseen -> prompts.size());
    rows++;
  }

  EmbeddingSet build(long version) {
    if (rows != embeddings.rows()) {
      throw new IllegalStateException(rows + " responses, but " + embeddings.rows() + " counted");
    }
    for (int j = 0; j < sum.length; j++) {
      sum[j] /= Math.max(rows, 1);
    }
    String[] promptIds = new String[prompts.size()];
    prompts.forEach((promptId, prompt) -> promptIds[prompt] = promptId);
    return new EmbeddingSet(version, embeddings, promptOf, ordinals, responseIds, promptIds, sum);
  }
}
