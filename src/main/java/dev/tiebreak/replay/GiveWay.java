package dev.tiebreak.replay;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Lets rounds of this process go first: annotators wait for them, nobody waits for a replay.
 *
 * @param busy whether a round is running
 * @param longest that is waited for it at a time
 */
record GiveWay(BooleanSupplier busy, Duration longest) {

  private static final long LOOK_MILLIS = 20;

  /** A pause for as long as a round runs, up to the limit, unless this process is ending. */
  Runnable during(BooleanSupplier stopping) {
    return () -> pause(stopping);
  }

  private void pause(BooleanSupplier stopping) {
    long start = System.nanoTime();
    while (busy.getAsBoolean()
        && System.nanoTime() - start < longest.toNanos()
        && !stopping.getAsBoolean()) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
    }
  }
}
