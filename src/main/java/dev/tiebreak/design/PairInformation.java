package dev.tiebreak.design;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/** Fisher information of listed pairs. */
final class PairInformation {

  private static final int BLOCK = 1024;

  private PairInformation() {}

  /** x = z_a − z_b, m numbers. */
  static double[] difference(Matrix features, int a, int b) {
    int m = features.columns();
    double[] x = new double[m];
    writeDifference(features, a, b, x, 0);
    return x;
  }

  /**
   * Adds sign · Σ v x xᵀ over the pairs, each as often as it is listed, to {@code into} (m × m),
   * with v = 1 where the weights are null.
   *
   * <p>Cost: N m² multiply-adds, in blocks of bounded size.
   */
  static void add(
      Pairs pairs,
      double sign,
      Matrix features,
      @Nullable FisherWeights fisher,
      LinearAlgebra linearAlgebra,
      Matrix into) {
    int m = features.columns();
    for (int start = 0; start < pairs.size() && m > 0; start += BLOCK) {
      int size = Math.min(BLOCK, pairs.size() - start);
      Matrix differences = Matrix.zeros(size, m);
      double[] weights = new double[size];
      for (int i = 0; i < size; i++) {
        int a = pairs.a()[start + i];
        int b = pairs.b()[start + i];
        weights[i] = fisher == null ? sign : sign * fisher.of(a, b);
        writeDifference(features, a, b, differences.values(), i * m);
      }
      linearAlgebra.addWeightedGram(differences, weights, into);
    }
  }

  private static void writeDifference(Matrix features, int a, int b, double[] into, int offset) {
    int m = features.columns();
    double[] values = features.values();
    for (int j = 0; j < m; j++) {
      into[offset + j] = values[a * m + j] - values[b * m + j];
    }
  }
}
