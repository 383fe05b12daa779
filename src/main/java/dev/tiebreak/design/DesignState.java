package dev.tiebreak.design;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;

/**
 * What a rule chooses from.
 *
 * @param problem as the caller gave it
 * @param linearAlgebra the kernels
 * @param candidates C
 * @param draws uniform draws without replacement, from which the random arm is already taken
 * @param uniform where {@code draws} come from; rules that draw anything else go on with it
 * @param centred the features, n × m, less a mean that the difference of no candidate contains: of
 *     the row's prompt where pairs are in-prompt, else of all rows. Differences of rows far from
 *     the origin keep their accuracy
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
    Matrix centred,
    FisherWeights weights,
    Information information,
    PairSet taken) {

  /** r = features · coefficients, with the effects of prompts, n, logits. */
  double[] rewards() {
    return weights.rewards();
  }

  /** The best candidates outside {@code taken} by the scores. */
  TopPairs best(int count, PairSet taken, RowScorer.Maker scorers) {
    return new PairScan(candidates, taken).best(count, scorers);
  }

  /** The features less their mean, as {@link #centred} describes. */
  static Matrix centre(DesignProblem problem) {
    Matrix centred = problem.features().copy();
    if (problem.pairing() == Pairing.IN_PROMPT) {
      PromptGroups groups = new PromptGroups(problem.prompts());
      groups.forEachGroup(rows -> centre(centred, rows));
    } else {
      int[] all = new int[centred.rows()];
      Arrays.setAll(all, i -> i);
      centre(centred, all);
    }
    return centred;
  }

  private static void centre(Matrix features, int[] rows) {
    int m = features.columns();
    double[] values = features.values();
    double[] mean = new double[m];
    for (int row : rows) {
      for (int j = 0; j < m; j++) {
        mean[j] += values[row * m + j] / rows.length;
      }
    }
    for (int row : rows) {
      for (int j = 0; j < m; j++) {
        values[row * m + j] -= mean[j];
      }
    }
  }
}
