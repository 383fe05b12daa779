package dev.tiebreak.replay;

/** The life of a replay: QUEUED → RUNNING → DONE, FAILED or CANCELLED; QUEUED → CANCELLED. */
enum ReplayState {
  QUEUED,
  RUNNING,
  DONE,
  FAILED,
  CANCELLED;

  boolean hasEnded() {
    return this != QUEUED && this != RUNNING;
  }
}
