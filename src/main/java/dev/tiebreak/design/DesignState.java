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
 * @param rewards r = features · coefficients, n, logits
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
    double[] rewards,
    Information information,
    PairSet taken) {

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
