package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class DurationsTest {

  private static Durations of(long... millis) {
    Durations durations = new Durations();
    for (long each : millis) {
      durations.add((int) Math.floor(16 * Math.log(Math.max(1, each)) / Math.log(2)), 1);
    }
    return durations;
  }

  @Test
  void givesTheMedian() {
    assertThat(of(900, 4000, 60_000).median()).isCloseTo(4000, withinPercentage(2.2));
    assertThat(of(1000, 3000, 9000, 2000).median()).isCloseTo(2500, withinPercentage(2.2));
    assertThat(of(0).median()).isCloseTo(1, withinPercentage(2.2));
  }

  @Test
  void givesNoneOfNone() {
    assertThat(of().median()).isNull();
  }
}
