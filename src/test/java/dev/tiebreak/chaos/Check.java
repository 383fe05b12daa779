package dev.tiebreak.chaos;

/** What must hold after a run, whatever happened in it. */
enum Check {
  /** Every acknowledged verdict is in the log as it was acknowledged. */
  LOST,
  /** No verdict is in the log more often than it was sent. */
  DUPLICATED,
  /** Nothing is in the log that nobody sent. */
  UNEXPECTED,
  /** No comparison has more counted verdicts than its overlap. */
  OVER_ASKED,
  /** No annotator counts twice on a comparison. */
  COUNTED_TWICE,
  /** No annotator is shown what they have answered or skipped. */
  SHOWN_TWICE,
  /** No slot is held by two leases at once. */
  HELD_BY_TWO,
  /** No lease that nobody gave back is offered again before it has run out. */
  OFFERED_EARLY,
  /** The lease of a dead annotator is offered again within two seconds. */
  OFFERED_LATE,
  /** Each answered slot has its counted verdict. */
  SLOTS_AGREE,
  /** Each fit has read just the verdicts that its snapshot shows. */
  WATERMARK,
  /** No fit has read a verdict that was revised after. */
  FITTED_THEN_REVISED,
  /** Each round is published once, by the process that took it last. */
  PUBLISHED_ONCE,
  /** Another process takes over a dead leader's round within ten seconds. */
  TAKEN_OVER,
  /** Every answer is one of the contract, and none keeps its client waiting. */
  ANSWERS,
  /** Readiness follows the database, liveness never does. */
  PROBES,
  /** All replicas work again after the last fault, without a restart. */
  WORKS_AGAIN
}
