package dev.tiebreak.design;

/** How comparisons are chosen. */
public enum Strategy {
  RANDOM,
  MAX_ENTROPY,
  MAX_DIFFERENCE,
  LINEAR_D_OPTIMAL,
  D_OPTIMAL,
  PAST_AWARE_D_OPTIMAL,
  GREEDY_D_OPTIMAL
}
