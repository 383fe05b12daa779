package dev.tiebreak.design;

import dev.tiebreak.preference.Logistic;

/**
 * The largest σ(Δ + βs) − σ(Δ − βs), β = 1: the pair whose probability is least certain.
 *
 * <p>Source: Melikidze et al., ICML 2026 (arXiv 2603.09692), InfoMax, after Saha, NeurIPS 2021.
 */
final class InfoMax implements PairScoreRule {

  @Override
  public double score(double difference, double deviation) {
    // on the side where both are small, so that their difference keeps its accuracy
    return Logistic.sigmoid(deviation - difference) - Logistic.sigmoid(-deviation - difference);
  }
}
