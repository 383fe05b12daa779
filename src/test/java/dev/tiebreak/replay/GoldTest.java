package dev.tiebreak.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.evaluation.Coin;
import dev.tiebreak.linalg.FloatMatrix;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is made of gold rewards. */
class GoldTest {

  private static ReplayData data(int responses, double... gold) {
    return Examples.data(FloatMatrix.allocate(gold.length, 1), responses, gold, Recorded.NONE);
  }

  @Test
  void autoScaleGivesTheSpreadThatIsPromised() {
    // differences 3, 4, 1 in one prompt and 2, 2, 0 in the other: mean square 34 / 6
    ReplayData data = data(3, 0, 3, 4, 5, 7, 7);
    double scale = GoldScale.of(data, data.rows(), null);
    assertThat(scale * Math.sqrt(34.0 / 6)).isEqualTo(2, within(1e-12));
    assertThat(GoldScale.of(data, data.rows(), 0.5)).isEqualTo(0.5);
    ReplayData flat = data(2, 1, 1, 5, 5);
    assertThatThrownBy(() -> GoldScale.of(flat, flat.rows(), null))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("never differ");
  }

  @Test
  void responsesWithoutAGoldRewardTakeNoPart() {
    ReplayData data = data(2, 1, Double.NaN, 3, 4);
    assertThat(data.rows()).containsExactly(0, 2, 3);
  }

  @Test
  void theCoinFallsAsOftenAsTheGoldRewardsSay() {
    ReplayData data = data(2, 1.5, 0.5, 0, 0);
    double wins =
        IntStream.range(0, 20_000)
            .mapToDouble(
                seed -> new GoldOracle(data, new int[] {0, 1}, 2, new Coin(seed)).ask(0, 1).y())
            .average()
            .orElseThrow();
    assertThat(wins).isEqualTo(1 / (1 + Math.exp(-2)), within(0.01));
  }

  @Test
  void takesTheBestOfAsManyAsMostPromptsHave() {
    assertThat(DrawSizes.of(data(24, new double[72]), IntStream.range(0, 72).toArray()))
        .containsExactly(5, 10);
    assertThat(DrawSizes.of(data(3, new double[9]), IntStream.range(0, 9).toArray()))
        .containsExactly(3);
    assertThat(DrawSizes.of(data(1, new double[9]), IntStream.range(0, 9).toArray())).isEmpty();
  }
}
