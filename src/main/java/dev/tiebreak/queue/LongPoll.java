package dev.tiebreak.queue;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Asks again at growing intervals, until there is an answer, the time is over or the service ends.
 */
@Component
public class LongPoll {

  private volatile boolean closing;

  @EventListener(ContextClosedEvent.class)
  void close() {
    closing = true;
  }

  /** Who waits anyway does not mind that the database is busy. */
  private static <T> T again(Supplier<T> ask, T last) {
    try {
      return ask.get();
    } catch (DataAccessException | TransactionException unavailable) {
      return last;
    }
  }

  /** The growing pauses between two questions. */
  public record Pauses(Duration first, Duration longest) {}

  /**
   * Asks at least once.
   *
   * @param longest how long to go on asking
   * @return the last answer, enough or not
   */
  public <T> T until(Duration longest, Pauses pauses, Supplier<T> ask, Predicate<T> enough)
      throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    T answer = ask.get();
    long pause = pauses.first().toMillis();
    while (!enough.test(answer) && !closing) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        break;
      }
      Thread.sleep(Math.min(pause, left));
      pause = Math.min(2 * pause, pauses.longest().toMillis());
      answer = again(ask, answer);
    }
    return answer;
  }
}
