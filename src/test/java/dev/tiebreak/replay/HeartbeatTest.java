package dev.tiebreak.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private static final Duration OFTEN = Duration.ofMillis(1);

  @Test
  void beatsWhileItsOwnerIsBusy() throws InterruptedException {
    CountDownLatch beats = new CountDownLatch(5);
    try (Heartbeat heartbeat =
        new Heartbeat(
            () -> {
              beats.countDown();
              return true;
            },
            OFTEN)) {
      assertThat(beats.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(heartbeat.isLost()).isFalse();
    }
  }

  @Test
  void endsWithTheFirstBeatThatComesTooLate() throws InterruptedException {
    AtomicInteger beats = new AtomicInteger();
    try (Heartbeat heartbeat = new Heartbeat(() -> beats.incrementAndGet() < 3, OFTEN)) {
      while (!heartbeat.isLost()) {
        Thread.sleep(1);
      }
    }
    assertThat(beats).hasValue(3);
  }
}
