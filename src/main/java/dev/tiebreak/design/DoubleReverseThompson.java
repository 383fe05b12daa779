package dev.tiebreak.design;

/**
 * The best response under one draw of w from the posterior, and the worst under another.
 *
 * <p>Source: Melikidze et al., ICML 2026 (arXiv 2603.09692), DRTS.
 */
final class DoubleReverseThompson extends ThompsonRule {

  DoubleReverseThompson() {
    super(-1);
  }
}
