package dev.tiebreak.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BestOfNTest {

  private static final double[] REWARDS = {0.1, 0.9, -2, 0.4};
  private static final double[] GOLD = {10, 20, 30, 40};

  @Test
  void isTheMeanOfAllForOneAndTheFirstForAll() {
    assertThat(BestOfN.expected(REWARDS, GOLD, 1)).isEqualTo(25, within(1e-12));
    assertThat(BestOfN.expected(REWARDS, GOLD, 4)).isEqualTo(20, within(1e-12));
    assertThat(BestOfN.expected(new double[] {3}, new double[] {7}, 1)).isEqualTo(7);
  }

  @Test
  void agreesWithAllDrawsWrittenOut() {
    // pairs of places 0..3: the better by reward is 1, 1, 1, 3, 0, 3 in {01, 12, 13, 03, 02, 23}
    double byHand = (20 + 20 + 20 + 40 + 10 + 40) / 6.0;
    assertThat(BestOfN.expected(REWARDS, GOLD, 2)).isEqualTo(byHand, within(1e-12));
  }

  @Test
  void takesEqualRewardsEquallyOften() {
    assertThat(BestOfN.expected(new double[] {1, 1, 0}, new double[] {4, 8, 100}, 3))
        .isEqualTo(6, within(1e-12));
    assertThat(BestOfN.expected(new double[3], new double[] {4, 8, 0}, 2))
        .isEqualTo(4, within(1e-12));
  }

  @Test
  void refusesMoreThanThereAre() {
    assertThatThrownBy(() -> BestOfN.expected(REWARDS, GOLD, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 of 4");
  }
}
