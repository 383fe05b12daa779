package dev.tiebreak.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.evaluation.Coin;
import dev.tiebreak.linalg.FloatMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideTest {

  /** Of so many prompts two have three responses, and the others one. */
  private static ReplayData sparse(int prompts, double[] gold, Recorded recorded) {
    int n = prompts + 4;
    int[] promptOf = IntStream.range(0, n).map(row -> row < 6 ? row / 3 : row - 4).toArray();
    String[] ids = IntStream.range(0, n).mapToObj(row -> "r" + row).toArray(String[]::new);
    String[] promptIds = IntStream.range(0, prompts).mapToObj(p -> "p" + p).toArray(String[]::new);
    return new ReplayData(1, FloatMatrix.allocate(n, 2), promptOf, ids, promptIds, gold, recorded);
  }

  @Test
  void drawsUntilBothSidesHaveAPair() {
    ReplaySettings settings = Examples.settings(Source.GOLD).get();
    double[] gold = IntStream.range(0, 16).mapToDouble(row -> row).toArray();
    ReplayData data = sparse(12, gold, Recorded.NONE);
    for (int seed = 0; seed < 50; seed++) {
      Side.Both sides = Side.draw(data, settings, seed);
      assertThat(sides.heldOut().heldOut(1, new Coin(seed)).isEmpty()).isFalse();
      assertThat(Arrays.stream(sides.training().rows()).filter(row -> row < 6)).hasSize(3);
      assertThat(sides.training().rows().length + sides.heldOut().rows().length).isEqualTo(16);
      assertThat(Side.draw(data, settings, seed).heldOut().rows())
          .isEqualTo(sides.heldOut().rows());
    }
  }

  @Test
  void countsRecordedVerdictsOnEitherSide() {
    ReplaySettings settings = Examples.settings(Source.VERDICTS).get();
    Recorded two =
        new Recorded(new int[] {0, 3}, new int[] {1, 4}, new double[] {1, 0}, new int[2]);
    ReplayData data = sparse(12, new double[0], two);
    for (int seed = 0; seed < 50; seed++) {
      assertThat(Side.draw(data, settings, seed).heldOut().heldOut(1, new Coin(1)).isEmpty())
          .isFalse();
    }
    Recorded one = new Recorded(new int[] {0}, new int[] {1}, new double[] {1}, new int[1]);
    assertThatThrownBy(() -> Side.draw(sparse(12, new double[0], one), settings, 1))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("no pair to ask");
  }
}
