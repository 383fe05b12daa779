package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;

/** The largest v xᵀA⁻¹x, A = εI + Σ_C v x xᵀ. */
final class DOptimal implements RankingRule {

  @Override
  public RowScorer.Maker scorers(DesignState state) {
    Matrix a = CandidateInformation.of(state, state.weights());
    return CandidateInformation.scores(state, a, state.weights());
  }
}
