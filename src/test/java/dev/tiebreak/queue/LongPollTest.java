package dev.tiebreak.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessResourceException;

class LongPollTest {

  private static final LongPoll.Pauses SHORT =
      new LongPoll.Pauses(Duration.ofMillis(1), Duration.ofMillis(2));

  private final LongPoll poll = new LongPoll();
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void asksOnceWhereThereIsNoTime() throws InterruptedException {
    assertThat(poll.until(Duration.ZERO, SHORT, asked::incrementAndGet, n -> n > 5)).isEqualTo(1);
  }

  @Test
  void asksUntilItIsEnoughHoweverOften() throws InterruptedException {
    assertThat(poll.until(Duration.ofMinutes(5), SHORT, asked::incrementAndGet, n -> n >= 300))
        .isEqualTo(300);
  }

  @Test
  void endsWithTheLastAnswer() throws InterruptedException {
    int last = poll.until(Duration.ofMillis(50), SHORT, asked::incrementAndGet, n -> false);
    assertThat(last).isEqualTo(asked.get()).isGreaterThan(1);
  }

  @Test
  void endsWithTheService() throws InterruptedException {
    int last =
        poll.until(
            Duration.ofMinutes(5),
            SHORT,
            () -> {
              if (asked.get() == 3) {
                poll.close();
              }
              return asked.incrementAndGet();
            },
            n -> false);
    assertThat(last).isEqualTo(4);
  }

  @Test
  void waitsOnWhereTheDatabaseIsBusyButNotFromTheFirst() throws InterruptedException {
    int last =
        poll.until(
            Duration.ofMinutes(5),
            SHORT,
            () -> {
              if (asked.incrementAndGet() % 2 == 0) {
                throw new TransientDataAccessResourceException("busy");
              }
              return asked.get();
            },
            n -> n > 4);
    assertThat(last).isEqualTo(5);
    assertThatThrownBy(() ->
            poll.until(
                Duration.ofMinutes(5),
                SHORT,
                () -> {
                  throw new TransientDataAccessResourceException("busy");
                },
                answer -> true))
        .isInstanceOf(TransientDataAccessResourceException.class);
  }
}
