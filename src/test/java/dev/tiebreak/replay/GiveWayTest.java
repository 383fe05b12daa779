package dev.tiebreak.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GiveWayTest {

  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void waitsUntilTheRoundHasEnded() {
    AtomicInteger looks = new AtomicInteger();
    new GiveWay(() -> looks.incrementAndGet() < 4, LONG).during(() -> false).run();
    assertThat(looks).hasValue(4);
  }

  @Test
  void goesOnAfterTheLongestWait() {
    new GiveWay(() -> true, Duration.ofMillis(30)).during(() -> false).run();
    AtomicInteger looks = new AtomicInteger();
    new GiveWay(() -> looks.incrementAndGet() > 0, Duration.ZERO).during(() -> false).run();
    assertThat(looks).hasValue(1);
  }

  @Test
  void doesNotKeepAProcessFromEnding() {
    AtomicBoolean stopping = new AtomicBoolean(true);
    new GiveWay(() -> true, LONG).during(stopping::get).run();
    assertThat(stopping).isTrue();
  }

  @Test
  void endsWhenItsThreadIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new GiveWay(() -> true, LONG).during(() -> false).run())
        .isInstanceOf(StoppedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
