package dev.tiebreak.design;

import org.jspecify.annotations.Nullable;

/**
 * A comparison of a batch.
 *
 * @param a a row, before b
 * @param b another row
 * @param arm the part of the batch
 * @param gain log(1 + v xᵀA⁻¹x) ≥ 0, nats: what the pair adds to log det of A = H + Σ_pending v x
 *     xᵀ + Σ v x xᵀ over the earlier pairs of the batch, under every strategy, so that the gains of
 *     a batch sum to its predicted gain
 * @param p the probability that a is preferred, σ(rewardDifference)
 * @param rewardDifference r_a − r_b, logits
 * @param selectionProbability the marginal probability that one given candidate of C lands in this
 *     arm of this batch. With k′ = min(k, |C|): ρk′ / |C| in the random arm, as its size is ⌊ρk′⌋
 *     plus one with probability frac(ρk′); (1 − ρ)k′ / |C| in the design arm of {@link
 *     Strategy#RANDOM}; null where another rule chose. Where C is a sample, the probability is
 *     given that sample
 */
public record SelectedPair(
    int a,
    int b,
    Arm arm,
    double gain,
    double p,
    double rewardDifference,
    @Nullable Double selectionProbability) {}
