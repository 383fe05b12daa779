package dev.tiebreak.queue;

/** What became of a verdict. */
enum Outcome {
  /** The lease was live: it counts. */
  COUNTED,
  /** A skip under a live lease: the slot is free for others. */
  SKIPPED,
  /** The lease has this preference already: nothing was written. */
  DUPLICATE,
  /** It replaces an earlier answer that no fit has used. */
  REVISED,
  /** The lease had ended: recorded, and counted where a verdict was still wanted. */
  LATE,
  /** A judgement made elsewhere. */
  IMPORTED,
  /** Not recorded. */
  REFUSED
}
