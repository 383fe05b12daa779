package dev.tiebreak.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairwiseScoreTest {

  @Test
  void countsRightOnesEqualOnesByHalfAndLeavesTiesOut() {
    double[] differences = {2, -1, 0, 5};
    double[] targets = {1, 0.8, 0, 0.5};
    assertThat(PairwiseScore.accuracy(differences, targets)).isEqualTo(1.5 / 3, within(1e-15));
    assertThat(PairwiseScore.accuracy(new double[] {1}, new double[] {0.5})).isNaN();
  }

  @Test
  void weighsBothSidesOfATarget() {
    double p = 1 / (1 + Math.exp(-2));
    double byHand = -(0.7 * Math.log(p) + 0.3 * Math.log(1 - p));
    assertThat(PairwiseScore.logLoss(new double[] {2}, new double[] {0.7}))
        .isEqualTo(byHand, within(1e-14));
    assertThat(PairwiseScore.logLoss(new double[] {0, 0}, new double[] {1, 0.2}))
        .isEqualTo(Math.log(2), within(1e-15));
    assertThat(PairwiseScore.logLoss(new double[] {800}, new double[] {0})).isEqualTo(800);
  }

  @Test
  void refusesDifferentLengths() {
    assertThatThrownBy(() -> PairwiseScore.accuracy(new double[2], new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 differences for 1 targets");
  }
}
