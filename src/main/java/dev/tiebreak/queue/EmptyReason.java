package dev.tiebreak.queue;

/** Why fewer comparisons came back than were asked for; the first that applies is told. */
enum EmptyReason {
  /** No response is stored. */
  NO_EMBEDDINGS(30),
  /** The pairing allows no pair of the stored responses. */
  NO_CANDIDATES(30),
  /** As many verdicts as the budget allows are given or leased. */
  BUDGET_SPENT(30),
  /** The annotator holds as many leases as one may. */
  LEASE_LIMIT(5),
  /** A round is running or due: come back soon. */
  SELECTING(1),
  /** What is open was answered or skipped by this annotator. */
  ALREADY_ANSWERED_BY_ANNOTATOR(5),
  /** What is selected is in other annotators' hands. */
  ALL_LEASED(2),
  /** Nothing was selected yet: rounds are off, or the last one failed. */
  NOTHING_SELECTED(10),
  /** Everything selected is answered. */
  ALL_ANSWERED(30);

  private final int retryAfterSeconds;

  EmptyReason(int retryAfterSeconds) {
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** When asking again may help. */
  int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
