package dev.tiebreak.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LogisticTest {

  @Test
  void agreesWithTheDefinitionsWhereTheseAreAccurate() {
    for (double t = -15; t <= 15; t += 0.37) {
      double p = 1 / (1 + Math.exp(-t));
      assertThat(Logistic.sigmoid(t)).isCloseTo(p, within(1e-15));
      assertThat(Logistic.variance(t)).isCloseTo(p * (1 - p), within(1e-15));
    }
  }

  @Test
  void neitherOverflowsNorCancelsAtLargeLogits() {
    assertThat(Logistic.sigmoid(-700)).isCloseTo(Math.exp(-700), within(1e-315));
    assertThat(Logistic.sigmoid(-1e4)).isZero();
    assertThat(Logistic.sigmoid(1e4)).isEqualTo(1);
    assertThat(Logistic.variance(-40)).isCloseTo(Math.exp(-40), within(1e-30));
    assertThat(Logistic.variance(1e4)).isZero();
    assertThat(Logistic.variance(0)).isEqualTo(0.25);
    assertThat(Logistic.variance(-700)).isEqualTo(Logistic.variance(700)).isPositive();
  }

  @Test
  void softplusNeitherOverflowsNorCancels() {
    assertThat(Logistic.softplus(800)).isEqualTo(800);
    assertThat(Logistic.softplus(-800)).isZero();
    assertThat(Logistic.softplus(-30)).isEqualTo(Math.exp(-30), within(1e-25));
    assertThat(Logistic.softplus(0)).isEqualTo(Math.log(2), within(1e-15));
  }
}
