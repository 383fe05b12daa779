package dev.tiebreak.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.evaluation.Coin;
import dev.tiebreak.linalg.FloatMatrix;
import java.util.Map;
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
  void measuresByHand() {
    // a prompt ranked with one swap of neighbours: Spearman 1 − 6·2/(3·8) = 0.5; one ranked rightly
    ReplayData data = data(3, 1, 2, 3, 10, 20, 30);
    HeldOut heldOut =
        new GoldHeldOut(data, new int[] {0, 1, 2, 3, 4, 5}, 1, new int[] {3}, new Coin(1));
    Map<String, Double> measures = heldOut.measure(new double[] {2, 1, 3, 1, 2, 3});
    assertThat(measures.get("oneMinusSpearman")).isEqualTo(0.25, within(1e-12));
    assertThat(measures.get("accuracy")).isEqualTo(5 / 6.0, within(1e-12));
    assertThat(measures.get("bestOf3")).isEqualTo((3 + 30) / 2.0, within(1e-12));
    Map<String, Double> nothing = heldOut.measure(new double[6]);
    assertThat(nothing.get("oneMinusSpearman")).isEqualTo(1);
    assertThat(nothing.get("logLoss")).isEqualTo(Math.log(2), within(1e-12));
  }

  @Test
  void samplesThePairsOfALargePrompt() {
    double[] gold = IntStream.range(0, 200).mapToDouble(i -> i).toArray();
    ReplayData data = data(100, gold);
    int[] rows = IntStream.range(0, 200).toArray();
    HeldOut heldOut = new GoldHeldOut(data, rows, 1, new int[] {5}, new Coin(1));
    assertThat(heldOut.measure(gold).get("accuracy")).isEqualTo(1);
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
