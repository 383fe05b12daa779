package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.TestAlgebra;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;

final class WarmUpTest {

  @Test
  void goesThroughAllPassesUnlessStopped() throws InterruptedException {
    assertThat(warmUp(true).passes()).isEqualTo(4);
    WarmUp stopped = warmUp(true);
    stopped.stop();
    assertThat(stopped.passes()).isZero();
  }

  @Test
  void startsOnceWhenTheServiceIsReadyAndEndsWithIt() throws InterruptedException {
    long before = threads();
    WarmUp warmUp = warmUp(true);
    warmUp.ready(change(ReadinessState.REFUSING_TRAFFIC));
    assertThat(threads()).isEqualTo(before);
    warmUp.ready(change(ReadinessState.ACCEPTING_TRAFFIC));
    warmUp.ready(change(ReadinessState.ACCEPTING_TRAFFIC));
    assertThat(threads()).isEqualTo(before + 1);
    warmUp.stop();
    assertThat(threads()).isEqualTo(before);
  }

  @Test
  void canBeSwitchedOff() {
    long before = threads();
    warmUp(false).ready(change(ReadinessState.ACCEPTING_TRAFFIC));
    assertThat(threads()).isEqualTo(before);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("warm-up"))
        .count();
  }

  private static AvailabilityChangeEvent<ReadinessState> change(ReadinessState state) {
    return new AvailabilityChangeEvent<>(WarmUpTest.class, state);
  }

  private static WarmUp warmUp(boolean wanted) {
    Duration any = Duration.ofSeconds(10);
    return new WarmUp(
        TestAlgebra.open(), new RoundProperties(true, wanted, any, 1, any, any, any, any));
  }
}
