package dev.tiebreak.design;

import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Effects;
import dev.tiebreak.preference.Judgements;
import org.jspecify.annotations.Nullable;

/**
 * What a batch is chosen from. Rows are responses in order of first upload. Nothing is changed.
 *
 * <p>Every formula is applied to the features: z = S Vᵀ e under the SPECTRAL prior, e itself under
 * the ISOTROPIC one. The rewards are features · coefficients, in logits.
 *
 * @param features n × m, finite
 * @param embeddings e as uploaded, n × d; only diagnostics read them
 * @param prompts the prompt of each row, n
 * @param coefficients the fitted weights of the features, m
 * @param information H at the fit, m × m, symmetric positive definite, prior included
 * @param past every counted verdict
 * @param pending one pair for each verdict that an open or leased comparison is still owed
 * @param excluded pairs that are no candidates: those that remain open or leased, and those
 *     answered to their overlap
 * @param pairing which pairs may be compared
 * @param strategy how the batch is chosen
 * @param batchSize k ≥ 0; fewer where there are fewer candidates
 * @param randomShare ρ in [0, 1], the share of the random control arm
 * @param candidateLimit the size of the uniform sample that stands for all candidates where there
 *     are more, ≥ 1; null where all are to be looked at
 * @param seed of the sample, of the size of the random arm, of its draws and of what the strategy
 *     draws, in this order
 * @param effects what the fit found of prompts and ties beside the coefficients, H being what is
 *     left of them then; null where the model has nothing of it
 */
public record DesignProblem(
    Matrix features,
    FloatMatrix embeddings,
    int[] prompts,
    double[] coefficients,
    Matrix information,
    Judgements past,
    Pairs pending,
    PairSet excluded,
    Pairing pairing,
    Strategy strategy,
    int batchSize,
    double randomShare,
    @Nullable Integer candidateLimit,
    long seed,
    @Nullable Effects effects) {

  /** Checks shapes, rows and ranges; each failure is the caller's. */
  public DesignProblem {
    int n = features.rows();
    int m = features.columns();
    requireSize("rows of embeddings", embeddings.rows(), "rows of features", n);
    requireSize("prompts", prompts.length, "rows of features", n);
    requireSize("coefficients", coefficients.length, "columns of features", m);
    requireSize("rows of information", information.rows(), "columns of features", m);
    requireSize("columns of information", information.columns(), "columns of features", m);
    new Pairs(past.a(), past.b()).requireRows(n, "past");
    pending.requireRows(n, "pending");
    requireRows("excluded", excluded, n);
    if (batchSize < 0) {
      throw new IllegalArgumentException("batchSize " + batchSize + " < 0");
    }
    if (candidateLimit != null && candidateLimit < 1) {
      throw new IllegalArgumentException("candidateLimit " + candidateLimit + " < 1");
    }
    if (!(randomShare >= 0 && randomShare <= 1)) {
      throw new IllegalArgumentException("randomShare " + randomShare + " outside [0, 1]");
    }
    requireFinite(features.values(), "features");
    requireFinite(coefficients, "coefficients");
    requireFinite(information.values(), "information");
  }

  /** The features less what the effects of their prompts take of them; the same where none do. */
  DesignProblem adjusted() {
    return effects == null || effects.prompts().length == 0
        ? this
        : new DesignProblem(
            effects.adjusted(features, prompts),
            embeddings,
            prompts,
            coefficients,
            information,
            past,
            pending,
            excluded,
            pairing,
            strategy,
            batchSize,
            randomShare,
            candidateLimit,
            seed,
            effects);
  }

  private static void requireSize(String what, int size, String of, int expected) {
    if (size != expected) {
      throw new IllegalArgumentException(size + " " + what + " for " + expected + " " + of);
    }
  }

  static void requireRows(String what, PairSet pairs, int rows) {
    for (int i = 0; i < pairs.size(); i++) {
      if (PairSet.second(pairs.at(i)) >= rows) {
        throw new IllegalArgumentException(
            what + " row " + PairSet.second(pairs.at(i)) + " among " + rows + " rows");
      }
    }
  }

  private static void requireFinite(double[] values, String what) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(what + " hold " + values[i] + " at " + i);
      }
    }
  }
}
