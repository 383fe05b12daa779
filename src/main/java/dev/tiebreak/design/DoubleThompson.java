package dev.tiebreak.design;

/**
 * The best response under each of two draws of w from the posterior.
 *
 * <p>Source: Melikidze et al., ICML 2026 (arXiv 2603.09692), after Wu and Liu, Double Thompson
 * Sampling for Dueling Bandits, NeurIPS 2016.
 */
final class DoubleThompson extends ThompsonRule {

  DoubleThompson() {
    super(1);
  }
}
