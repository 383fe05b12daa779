package dev.tiebreak.design;

/**
 * The largest σ(Δ + βs), β = 1: the pair whose one side may surpass the other by most. As σ grows
 * and either response may be the first, that is the largest |Δ| + s.
 *
 * <p>Source: Melikidze et al., ICML 2026 (arXiv 2603.09692), DeltaUCB.
 */
final class DeltaUcb implements PairScoreRule {

  @Override
  public double score(double difference, double deviation) {
    return difference + deviation;
  }
}
