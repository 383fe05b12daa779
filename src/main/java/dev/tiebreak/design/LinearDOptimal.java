package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;

/** The largest xᵀA⁻¹x, A = εI + Σ_C x xᵀ. */
final class LinearDOptimal implements RankingRule {

  @Override
  public RowScorer.Maker scorers(DesignState state) {
    Matrix a = CandidateInformation.of(state, null);
    return CandidateInformation.scores(state, a, null);
  }
}
