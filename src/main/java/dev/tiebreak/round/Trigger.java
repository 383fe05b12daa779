package dev.tiebreak.round;

/** What started a round. */
enum Trigger {
  /** A request for a refit. */
  REQUESTED,
  /** So many counted verdicts since the last fit. */
  REFIT_AFTER,
  /** So few comparisons left to answer. */
  LOW_WATER
}
