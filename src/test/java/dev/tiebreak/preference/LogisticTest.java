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
      assertThat(Logistic.logSigmoid(t)).isCloseTo(Math.log(p), within(1e-9));
      assertThat(Logistic.variance(t)).isCloseTo(p * (1 - p), within(1e-15));
      assertThat(Logistic.residual(t, 3, 1.5)).isCloseTo(3 * p - 1.5, within(2e-15));
    }
  }

  @Test
  void neitherOverflowsNorCancelsAtLargeLogits() {
    assertThat(Logistic.logSigmoid(-800)).isEqualTo(-800);
    assertThat(Logistic.logSigmoid(-1e4)).isEqualTo(-1e4);
    assertThat(Logistic.logSigmoid(1e4)).isZero();
    assertThat(Logistic.logSigmoid(40)).isCloseTo(-Math.exp(-40), within(1e-30));
    assertThat(Logistic.sigmoid(-700)).isCloseTo(Math.exp(-700), within(1e-315));
    assertThat(Logistic.sigmoid(-1e4)).isZero();
    assertThat(Logistic.sigmoid(1e4)).isEqualTo(1);
    assertThat(Logistic.variance(-40)).isCloseTo(Math.exp(-40), within(1e-30));
    assertThat(Logistic.variance(1e4)).isZero();
    assertThat(Logistic.residual(40, 2, 2)).isCloseTo(-2 * Math.exp(-40), within(1e-30));
    assertThat(Logistic.residual(-40, 2, 0)).isCloseTo(2 * Math.exp(-40), within(1e-30));
  }
}
