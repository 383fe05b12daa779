package dev.tiebreak.design;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/** Fisher information of listed pairs. */
final class PairInformation {

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
   * <p>Cost: N m² / 2 multiply-adds; memory N numbers.
   */
  static void add(
      Pairs pairs,
      double sign,
      Matrix features,
      @Nullable FisherWeights fisher,
      LinearAlgebra linearAlgebra,
      Matrix into) {
    if (pairs.size() == 0 || features.columns() == 0) {
      return;
    }
    double[] weights = new double[pairs.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = fisher == null ? sign : sign * fisher.of(pairs.a()[i], pairs.b()[i]);
    }
    linearAlgebra.addWeightedGram(features, pairs.a(), pairs.b(), weights, into);
  }

  /** {@code into[offset .. offset + m)} becomes z_a − z_b. */
  static void writeDifference(Matrix features, int a, int b, double[] into, int offset) {
    int m = features.columns();
    double[] values = features.values();
    for (int j = 0; j < m; j++) {
      into[offset + j] = values[a * m + j] - values[b * m + j];
    }
  }
}
