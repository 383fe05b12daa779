package dev.tiebreak.round;

import org.jspecify.annotations.Nullable;

/**
 * A round that this process holds.
 *
 * @param epoch the fence: nothing is published under another
 * @param snapshot what the fit reads
 * @param earlierFit the number of the newest fit; null before the first
 * @param earlierSnapshot what that fit has read
 * @param earlierVersion of the embeddings that that fit is of
 * @param certificate whether the batch is to be certified
 * @param reusesFit whether nothing has changed that a fit depends on
 */
record HeldRound(
    long projectId,
    long number,
    long epoch,
    Trigger trigger,
    boolean certificate,
    String snapshot,
    @Nullable Long earlierFit,
    @Nullable String earlierSnapshot,
    long earlierVersion,
    boolean reusesFit) {

  /** The snapshot of the verdicts that the round's fit is of. */
  String fitSnapshot() {
    return reusesFit && earlierSnapshot != null ? earlierSnapshot : snapshot;
  }

  /** The same round, fitting anew. */
  HeldRound withFreshFit() {
    return new HeldRound(
        projectId,
        number,
        epoch,
        trigger,
        certificate,
        snapshot,
        earlierFit,
        earlierSnapshot,
        earlierVersion,
        false);
  }
}
