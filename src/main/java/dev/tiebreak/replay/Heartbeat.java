package dev.tiebreak.replay;

import dev.tiebreak.database.ProjectScope;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Shows that this process still works on something, whatever its threads are at. */
final class Heartbeat implements AutoCloseable {

  private final BooleanSupplier beat;
  private final Duration interval;
  private final Thread thread;
  private volatile boolean lost;

  /**
   * Starts.
   *
   * @param beat false where what is held is lost: it is the last one then
   */
  Heartbeat(BooleanSupplier beat, Duration interval) {
    this.beat = beat;
    this.interval = interval;
    ProjectScope scope = ProjectScope.current();
    this.thread = Thread.ofVirtual().name("replay-heartbeat").start(() -> scope.run(this::run));
  }

  private void run() {
    try {
      do {
        Thread.sleep(interval);
      } while (beat.getAsBoolean());
      lost = true;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a beat came too late. */
  boolean isLost() {
    return lost;
  }

  /** Stops; no beat comes any more. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
