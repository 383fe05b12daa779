package dev.tiebreak.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SpearmanTest {

  @Test
  void isOneForEqualOrderAndMinusOneForOpposite() {
    double[] x = {3, 1, 2, 10};
    assertThat(Spearman.correlation(x, new double[] {30, -1, 2, 400})).isEqualTo(1);
    assertThat(Spearman.correlation(x, new double[] {1, 4, 3, 0})).isEqualTo(-1);
  }

  @Test
  void givesTiesTheirAverageRank() {
    assertThat(Spearman.ranks(new double[] {5, 1, 5, 5, 0})).containsExactly(4, 2, 4, 4, 1);
  }

  /** scipy.stats.spearmanr([1, 2, 2, 3, 5, 5], [2, 1, 4, 4, 3, 9]).statistic, SciPy 1.17.1. */
  @Test
  void agreesWithScipyOnTies() {
    double[] x = {1, 2, 2, 3, 5, 5};
    double[] y = {2, 1, 4, 4, 3, 9};
    assertThat(Spearman.correlation(x, y)).isCloseTo(0.5821543981758688, within(1e-15));
  }

  @Test
  void isUndefinedWhereOneSideIsConstant() {
    assertThat(Spearman.correlation(new double[] {1, 1, 1}, new double[] {1, 2, 3})).isNaN();
    assertThat(Spearman.correlation(new double[] {1}, new double[] {1})).isNaN();
  }
}
