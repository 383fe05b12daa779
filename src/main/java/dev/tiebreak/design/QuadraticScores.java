package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * The scores v xᵀA⁻¹x, or xᵀA⁻¹x, from rows ζ = L⁻¹z whitened once a response: xᵀA⁻¹x = ‖ζ_a −
 * ζ_b‖².
 *
 * @param whitened ζ, n × m
 * @param weights null for weights of one
 */
record QuadraticScores(Matrix whitened, @Nullable FisherWeights weights) implements PairScores {

  @Override
  public RowScorer make() {
    return new QuadraticForms(whitened, weights);
  }

  @Override
  public double score(int a, int b) {
    double form = form(whitened.values(), a, b, whitened.columns());
    return weights == null ? form : form * weights.of(a, b);
  }

  /** Whether {@link WhitenedBlocks} bounds them. */
  boolean bounded() {
    return weights == null || weights.logistic();
  }

  /** The rewards that v is of; null for weights of one. */
  double @Nullable [] rewards() {
    return weights == null ? null : weights.rewards();
  }

  /** ‖ζ_a − ζ_b‖²: the same numbers for the same rows, whoever asks. */
  static double form(double[] values, int a, int b, int m) {
    return PairKernels.inUse().squaredDistance(values, a * m, values, b * m, m);
  }
}
