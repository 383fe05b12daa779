package dev.tiebreak.linalg;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The caller's thread and a fixed number of daemons beside it, which end when idle. */
final class Workers {

  /** The caller's thread alone. */
  static final Workers ALONE = new Workers(1);

  private final int threads;
  private final ThreadPoolExecutor others;

  /**
   * Workers of so many threads, the caller's included.
   *
   * @param threads 1 or more
   */
  Workers(int threads) {
    this.threads = threads;
    this.others =
        new ThreadPoolExecutor(
            Math.max(1, threads - 1),
            Math.max(1, threads - 1),
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("tiebreak-linalg-", 1).factory());
    others.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs the tasks 0 .. {@code tasks}, the latter excluded, in no order, and waits for all. Their
   * results must not depend on who runs them: each writes memory of its own.
   */
  void forEach(int tasks, IntConsumer task) {
    if (threads == 1 || tasks <= 1) {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    CountDownLatch left = new CountDownLatch(tasks);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Runnable share =
        () -> {
          for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
            try {
              task.accept(i);
            } catch (Throwable e) { // whatever it is, the caller is told
              failure.compareAndSet(null, e);
            } finally {
              left.countDown();
            }
          }
        };
    for (int i = 1; i < Math.min(threads, tasks); i++) {
      others.execute(share);
    }
    share.run();
    await(left);
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException(thrown);
    }
  }

  /** Waits; an interruption is kept for later, for tasks that run may not be abandoned. */
  private static void await(CountDownLatch left) {
    boolean interrupted = false;
    while (true) {
      try {
        left.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
