package dev.tiebreak.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutTest {

  @Test
  void measuresByHand() {
    // a prompt ranked with one swap of neighbours: Spearman 1 − 6·2/(3·8) = 0.5; one ranked rightly
    HeldOut heldOut =
        HeldOut.ofGold(
            List.of(new int[] {0, 1, 2}, new int[] {3, 4, 5}),
            new double[] {1, 2, 3, 10, 20, 30},
            1,
            prompt -> 1);
    HeldOut.Score score = heldOut.score(new double[] {2, 1, 3, 1, 2, 3}, 3, 4);
    assertThat(score.spearman()).isEqualTo(0.75, within(1e-12));
    assertThat(score.accuracy()).isEqualTo(5 / 6.0, within(1e-12));
    assertThat(score.bestOf()).containsOnlyKeys(3);
    assertThat(score.bestOf().get(3)).isEqualTo((3 + 30) / 2.0, within(1e-12));
    HeldOut.Score nothing = heldOut.score(new double[6]);
    assertThat(nothing.spearman()).isZero();
    assertThat(nothing.logLoss()).isEqualTo(Math.log(2), within(1e-12));
  }

  @Test
  void samplesThePairsOfALargePrompt() {
    double[] gold = IntStream.range(0, 200).mapToDouble(i -> i).toArray();
    HeldOut heldOut =
        HeldOut.ofGold(
            List.of(IntStream.range(0, 100).toArray(), IntStream.range(100, 200).toArray()),
            gold,
            1,
            prompt -> prompt[0]);
    assertThat(heldOut.score(gold).accuracy()).isEqualTo(1);
  }

  @Test
  void aPromptWithOneResponseTellsNothing() {
    assertThat(HeldOut.ofGold(List.of(new int[] {0}), new double[] {1}, 1, prompt -> 1).isEmpty())
        .isTrue();
    assertThat(HeldOut.ofPairs(List.of()).isEmpty()).isTrue();
    assertThat(
            HeldOut.ofPairs(List.of(new HeldOut.Pair(0, 1, 0.5))).score(new double[2]).spearman())
        .isNaN();
  }
}
