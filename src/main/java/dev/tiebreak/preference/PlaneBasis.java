package dev.tiebreak.preference;

import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.stream.IntStream;

/**
 * Two directions in which embeddings are looked at: the two dimensions where there are no more,
 * else the two leading principal components of a sample.
 *
 * @param directions d × 2
 * @param xWords of the axis across
 * @param yWords of the axis up
 */
public record PlaneBasis(Matrix directions, String xWords, String yWords) {

  /** Rows that the components are taken from. */
  private static final int SAMPLE = 400;

  /** Of rows 0 to {@code rows}, some that are evenly spread, few enough for an answer at once. */
  public static int[] sample(int rows) {
    int count = Math.min(rows, SAMPLE);
    return IntStream.range(0, count).map(i -> (int) ((long) i * rows / count)).toArray();
  }

  /** Of a sample of embeddings. */
  public static PlaneBasis of(FloatMatrix sample, LinearAlgebra algebra) {
    int d = sample.columns();
    if (d <= 2) {
      Matrix same = Matrix.zeros(d, 2);
      same.values()[0] = 1;
      same.values()[2 * d - 1] = 1;
      return new PlaneBasis(same, "Dimension 1", "Dimension " + d);
    }
    Matrix vectors = EmbeddingSpectrum.of(sample, new int[sample.rows()], algebra).vectors();
    Matrix leading = Matrix.zeros(d, 2);
    for (int j = 0; j < d; j++) {
      for (int k = 0; k < Math.min(2, vectors.columns()); k++) {
        leading.values()[2 * j + k] = vectors.get(j, k);
      }
    }
    return new PlaneBasis(leading, "First principal component", "Second principal component");
  }

  /** Where embeddings stand, a row each. */
  public Matrix places(FloatMatrix embeddings, LinearAlgebra algebra) {
    return algebra.multiply(embeddings, directions);
  }
}
