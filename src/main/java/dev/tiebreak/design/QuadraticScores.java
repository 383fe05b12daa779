package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Logistic;
import org.jspecify.annotations.Nullable;

/**
 * The scores v xᵀA⁻¹x, or xᵀA⁻¹x, from rows ζ = L⁻¹z whitened once a response: xᵀA⁻¹x = ‖ζ_a −
 * ζ_b‖².
 *
 * @param whitened ζ, n × m
 * @param rewards for weights v, n, logits; null for weights of one
 */
record QuadraticScores(Matrix whitened, double @Nullable [] rewards) implements PairScores {

  @Override
  public RowScorer make() {
    return new QuadraticForms(whitened, rewards);
  }

  @Override
  public double score(int a, int b) {
    double form = form(whitened.values(), a, b, whitened.columns());
    return rewards == null ? form : form * Logistic.variance(rewards[a] - rewards[b]);
  }

  /** ‖ζ_a − ζ_b‖²: the same numbers for the same rows, whoever asks. */
  static double form(double[] values, int a, int b, int m) {
    return PairKernels.inUse().squaredDistance(values, a * m, values, b * m, m);
  }
}
