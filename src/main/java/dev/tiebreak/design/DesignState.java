package dev.tiebreak.design;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;

/**
 * What a rule chooses from.
 *
 * @param problem as the caller gave it
 * @param linearAlgebra the kernels
 * @param candidates C
 * @param draws uniform draws without replacement, from which the random arm is already taken
 * @param uniform where {@code draws} come from; rules that draw anything else go on with it
 * @param centredFeatures what {@link #centred} gives
 * @param weights of pairs, by the rewards
 * @param information H + Σ_pending v x xᵀ + Σ_(random arm) v x xᵀ; rules copy it
 * @param taken the random arm
 */
record DesignState(
    DesignProblem problem,
    LinearAlgebra linearAlgebra,
    CandidateSet candidates,
    UniformDraws draws,
    Uniform uniform,
    CentredFeatures centredFeatures,
    FisherWeights weights,
    Information information,
    PairSet taken) {

  /** r = features · coefficients, with the effects of prompts, n, logits. */
  double[] rewards() {
    return weights.rewards();
  }

  /** The number of features m. */
  int columns() {
    return problem.features().columns();
  }

  /** The features, n × m, as {@link CentredFeatures} has them; not to be changed. */
  Matrix centred() {
    return centredFeatures.rows();
  }

  /** The best candidates outside {@code taken} by the scores. */
  TopPairs best(int count, PairSet taken, RowScorer.Maker scorers) {
    return new PairScan(candidates, taken).best(count, scorers);
  }
}
