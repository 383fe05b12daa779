package dev.tiebreak.design;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/** The scores v xᵀA⁻¹x, or xᵀA⁻¹x, of a row's candidates or of one. */
sealed interface PairScores extends RowScorer.Maker permits QuadraticScores, ListedForms {

  /** The score of a candidate. */
  double score(int a, int b);

  /**
   * Whitens the rows, or the differences of listed candidates where these are fewer.
   *
   * @param factor of A; null where m = 0
   * @param weights null for weights of one
   */
  static PairScores of(
      DesignState state, @Nullable Cholesky factor, @Nullable FisherWeights weights) {
    if (state.candidates() instanceof SampledPairs listed && listed.count() <= listed.rows()) {
      return ListedForms.of(listed, factor, state.problem().features(), weights);
    }
    Matrix rows = state.centred();
    return new QuadraticScores(factor == null ? rows : factor.whiten(rows), weights);
  }
}
