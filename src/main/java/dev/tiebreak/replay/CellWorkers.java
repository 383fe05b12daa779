package dev.tiebreak.replay;

import dev.tiebreak.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Threads that run cells, each the next one that nobody has begun. What a cell comes to does not
 * depend on the number of threads: it draws from seeds of its own, and shares only what is never
 * changed. A cell's parallel streams and kernels stay on its thread, so that its CPU time is all
 * that it takes.
 */
final class CellWorkers implements AutoCloseable {

  /** A cell that is done. */
  record Done(int cell, CellResult result) {}

  private final ReplaySettings settings;
  private final Grid grid;
  private final int[] todo;
  private final Trials trials;
  private final LinearAlgebra algebra;
  private final Runnable giveWay;
  private final AtomicInteger next = new AtomicInteger();
  private final BlockingQueue<Done> results = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  /**
   * Starts.
   *
   * @param todo numbers of cells, in the order in which they are begun
   * @param giveWay makes what is called between the steps of a cell and may wait, until it is told
   *     that cells are given up
   */
  CellWorkers(
      ReplaySettings settings,
      Grid grid,
      int[] todo,
      Trials trials,
      LinearAlgebra algebra,
      int threadCount,
      Function<BooleanSupplier, Runnable> giveWay) {
    this.settings = settings;
    this.grid = grid;
    this.todo = todo;
    this.trials = trials;
    this.algebra = algebra.onOneThread();
    this.giveWay = giveWay.apply(() -> stopped);
    for (int i = 0; i < Math.min(threadCount, todo.length); i++) {
      threads.add(Thread.ofPlatform().name("replay-", i + 1L).daemon().start(this::workAlone));
    }
  }

  /** Parallel streams run in the pool of the thread that begins them. */
  private void workAlone() {
    try (ForkJoinPool alone = new ForkJoinPool(1)) {
      alone.submit(this::work).join();
    }
  }

  private void work() {
    try {
      for (int i = next.getAndIncrement();
          i < todo.length && !stopped;
          i = next.getAndIncrement()) {
        Cell cell = grid.cell(todo[i]);
        Trial trial = trials.of(cell);
        CellResult result = new CellRun(settings, cell, trial, algebra, this::pause).run();
        results.add(new Done(cell.number(), result));
      }
    } catch (StoppedException expected) {
      // whoever stopped it knows
    } catch (CompletionException e) {
      fail(e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable thrown) {
    failure.compareAndSet(null, thrown);
    stopped = true;
  }

  private void pause() {
    giveWay.run();
    if (stopped) {
      throw new StoppedException();
    }
  }

  /** Whether all threads have ended; results may still be waiting. Throws what made one fail. */
  boolean isFinished() {
    boolean ended = threads.stream().noneMatch(Thread::isAlive);
    Throwable thrown = failure.get();
    switch (thrown) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      default -> throw new IllegalStateException(thrown);
    }
    return ended;
  }

  /** A result; null where none comes within the time. */
  @Nullable Done next(long millis) {
    try {
      return results.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  /** Cells under way are given up at their next step. */
  void stop() {
    stopped = true;
  }

  /** Stops, and waits until no thread computes any more. */
  @Override
  public void close() {
    stop();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
