package dev.tiebreak.replay;

import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.preference.ComparisonModel;
import dev.tiebreak.preference.Prior;
import dev.tiebreak.preference.TieModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is replayed, checked and with its defaults filled in. Lists are the axes of a grid.
 *
 * @param goldField the metadata field with the gold reward; null where verdicts are the source
 * @param goldScale logits for a unit of gold reward; null: AUTO, so that the root mean square of
 *     the gold differences within prompts is 2 logits
 * @param strategies compared
 * @param priors compared
 * @param batchSizes labels between two fits
 * @param candidateLimits candidates that are sampled for each batch; null: all
 * @param dimensions leading principal components of the embeddings that are kept; null: the
 *     embeddings as they are
 * @param seeds repetitions, each with held-out prompts and coins of its own
 * @param labels verdicts that each cell gets, fewer where there are no more
 * @param firstBatch how the first batch is chosen
 * @param pairing which pairs may be compared
 * @param priorPrecision λ; null: AUTO
 * @param priorExponent a; null: AUTO; of the SPECTRAL prior only
 * @param promptEffect τ; 0: prompts have no effect; null: AUTO
 * @param annotatorReliability ρ; 0: all annotators alike; null: AUTO
 * @param tieModel what a tie says
 * @param heldOutShare share of prompts that only evaluate
 * @param randomShare ρ, the share of each batch that is drawn uniformly
 * @param seed of all that is drawn
 * @param planeFields two metadata fields that place a response in the picture of picks; null: the
 *     two leading principal components do
 */
record ReplaySettings(
    Source source,
    @Nullable String goldField,
    @Nullable Double goldScale,
    List<Strategy> strategies,
    List<Prior> priors,
    List<Integer> batchSizes,
    List<@Nullable Integer> candidateLimits,
    List<@Nullable Integer> dimensions,
    int seeds,
    int labels,
    FirstBatch firstBatch,
    Pairing pairing,
    @Nullable Double priorPrecision,
    @Nullable Double priorExponent,
    @Nullable Double promptEffect,
    @Nullable Double annotatorReliability,
    TieModel tieModel,
    double heldOutShare,
    double randomShare,
    long seed,
    Target target,
    Prices prices,
    @Nullable List<String> planeFields) {

  /** How a verdict depends on more than the two rewards. */
  ComparisonModel comparisonModel() {
    return new ComparisonModel(tieModel, promptEffect, annotatorReliability);
  }

  /** The number of cells of the grid. */
  long cells() {
    return (long) seeds
        * strategies.size()
        * priors.size()
        * batchSizes.size()
        * candidateLimits.size()
        * dimensions.size();
  }

  /** The most points that the curves of all cells have. */
  long points() {
    long points = 0;
    for (int size : batchSizes) {
      points += cells() / batchSizes.size() * (1 + (labels - 1L) / size);
    }
    return points;
  }
}
