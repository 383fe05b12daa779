package dev.tiebreak.project;

import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.preference.ComparisonModel;
import dev.tiebreak.preference.Prior;
import dev.tiebreak.preference.TieModel;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a project, checked and with their defaults filled in.
 *
 * @param dimension numbers in an embedding
 * @param pairing which pairs of responses may be compared
 * @param strategy how comparisons are chosen
 * @param batchSize comparisons that a round selects
 * @param refitAfter counted verdicts since the last fit that trigger a round
 * @param lowWater open or leased comparisons below which a round is triggered; 0: never
 * @param overlap verdicts wanted for each comparison, each by another annotator
 * @param leaseSeconds how long a comparison is leased
 * @param maxLeasesPerAnnotator live leases that one annotator may hold
 * @param prior the prior of the weights
 * @param priorPrecision λ; null: AUTO
 * @param priorExponent a, of the spectral prior only; null: AUTO
 * @param promptEffect τ, the standard deviation of prompts' effects, logits; 0: none; null: AUTO
 * @param annotatorReliability ρ, the standard deviation of the logarithms of annotators'
 *     temperatures; 0: none; null: AUTO
 * @param tieModel what a tie says
 * @param randomShare ρ, the share of each batch that is drawn uniformly
 * @param candidateLimit candidates that are sampled for each round; null: all pairs
 * @param seed of all that is drawn at random in rounds
 * @param priority the greater is served first
 * @param instructions Markdown for annotators
 * @param verdictCost price of a verdict, in currency units
 * @param verdictBudget counted verdicts after which nothing more is leased
 */
public record ProjectSettings(
    int dimension,
    Pairing pairing,
    Strategy strategy,
    int batchSize,
    int refitAfter,
    int lowWater,
    int overlap,
    int leaseSeconds,
    int maxLeasesPerAnnotator,
    Prior prior,
    @Nullable Double priorPrecision,
    @Nullable Double priorExponent,
    @Nullable Double promptEffect,
    @Nullable Double annotatorReliability,
    TieModel tieModel,
    double randomShare,
    @Nullable Long candidateLimit,
    long seed,
    int priority,
    @Nullable String instructions,
    @Nullable BigDecimal verdictCost,
    @Nullable Long verdictBudget) {

  /** The least τ and ρ that may be given; 0 is said by NONE. */
  public static final double LEAST_DEVIATION = 0.001;

  /** The greatest. */
  public static final double MOST_DEVIATION = 100;

  /** How a verdict depends on more than the two rewards. */
  public ComparisonModel comparisonModel() {
    return new ComparisonModel(tieModel, promptEffect, annotatorReliability);
  }
}
