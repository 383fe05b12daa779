package dev.tiebreak.load;

import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Calls of one kind that become due at random (a Poisson process), in an open loop: one that is
 * late, as the machine is busy, is made at once, and its latency counts from when it was due.
 */
final class Arrivals implements Runnable {

  private final double perSecond;
  private final long endNanos;
  private final SplittableRandom random;
  private final Executor executor;
  private final LongConsumer call;

  /**
   * @param endNanos by {@link System#nanoTime}
   * @param call gets the time at which it is due, by {@link System#nanoTime}
   */
  Arrivals(
      double perSecond,
      long endNanos,
      SplittableRandom random,
      Executor executor,
      LongConsumer call) {
    this.perSecond = perSecond;
    this.endNanos = endNanos;
    this.random = random;
    this.executor = executor;
    this.call = call;
  }

  @Override
  public void run() {
    double due = System.nanoTime() + gap();
    while (due < endNanos) {
      long now = (long) due;
      await(now);
      executor.execute(() -> call.accept(now));
      due += gap();
    }
  }

  private double gap() {
    return -Math.log(1 - random.nextDouble()) / perSecond * 1e9;
  }

  private static void await(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanos - System.nanoTime();
    }
  }
}
