package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * {@link QuadraticScores} row by row, for listed candidates.
 *
 * <p>Cost: m multiply-adds a pair, and one exponential where ¼ xᵀA⁻¹x reaches the floor.
 */
record QuadraticForms(Matrix whitened, @Nullable FisherWeights weights) implements RowScorer {

  @Override
  public void score(int a, int[] partners, int count, double floor, double[] scores) {
    double[] values = whitened.values();
    int m = whitened.columns();
    for (int i = 0; i < count; i++) {
      double form = QuadraticScores.form(values, a, partners[i], m);
      double v = 1;
      if (weights != null) {
        boolean hopeless = 0.25 * form < floor;
        v = hopeless ? 0.25 : weights.of(a, partners[i]);
      }
      scores[i] = form * v;
    }
  }
}
