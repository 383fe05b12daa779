package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Judgements;

/** The largest v xᵀA⁻¹x, A = εI + Σ_C v x xᵀ + Σ_past v x xᵀ. */
final class PastAwareDOptimal implements RankingRule {

  @Override
  public RowScorer.Maker scorers(DesignState state) {
    Matrix a = CandidateInformation.of(state, state.weights());
    Judgements past = state.problem().past();
    PairInformation.add(
        new Pairs(past.a(), past.b()),
        1,
        state.problem().features(),
        state.weights(),
        state.linearAlgebra(),
        a);
    return CandidateInformation.scores(state, a, state.weights());
  }
}
