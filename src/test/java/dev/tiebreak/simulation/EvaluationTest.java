package dev.tiebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.simulation.Truth.GoldRewards;
import dev.tiebreak.simulation.Truth.RecordedChoices;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EvaluationTest {

  private static DataSet data(Truth truth, double... features) {
    float[][] embeddings = new float[features.length][];
    for (int row = 0; row < features.length; row++) {
      embeddings[row] = new float[] {(float) features[row]};
    }
    List<Response> responses =
        IntStream.range(0, features.length)
            .mapToObj(row -> new Response("p" + row / 3, "r" + row, null, null))
            .toList();
    return new DataSet("test", responses, embeddings, truth);
  }

  @Test
  void averagesSpearmanOverPromptsAndLeavesOutThoseWithEqualGold() {
    GoldRewards gold = new GoldRewards(new double[] {1, 2, 3, 5, 5, 5, 3, 2, 1});
    Evaluation evaluation =
        Evaluation.of(data(gold, 1, 2, 3, 1, 2, 3, 1, 3, 2), Set.of("p0", "p1", "p2"));
    assertThat(evaluation.score(new double[] {1}).spearman())
        .isCloseTo((1 - 0.5) / 2, within(1e-12));
  }

  @Test
  void aModelThatKnowsNothingScoresZeroOneHalfAndLogTwo() {
    GoldRewards gold = new GoldRewards(new double[] {1, 2, 3});
    assertThat(Evaluation.of(data(gold, 1, 2, 3), Set.of("p0")).score(new double[] {0}))
        .isEqualTo(new Score(0, 0.5, Math.log(2)));
  }

  @Test
  void goldPairsAreScoredAgainstTheirProbability() {
    GoldRewards gold = new GoldRewards(new double[] {0, 2, 1000});
    DataSet data = data(gold, 0, 1, -1);
    Score score = Evaluation.of(data, Set.of("p0")).score(new double[] {2});
    double q = 1 / (1 + Math.exp(2));
    double first = q * Math.log1p(Math.exp(2)) + (1 - q) * Math.log1p(Math.exp(-2));
    double second = Math.log1p(Math.exp(2));
    double third = Math.log1p(Math.exp(4));
    assertThat(score.accuracy()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(score.logLoss()).isCloseTo((first + second + third) / 3, within(1e-12));
  }

  @Test
  void recordedPairsAreScoredAgainstTheirMeanChoice() {
    RecordedChoices choices =
        new RecordedChoices(
            Map.of(
                Pair.of(0, 1), List.of(Preference.LEFT),
                Pair.of(1, 2), List.of(Preference.LEFT, Preference.TIE, Preference.RIGHT),
                Pair.of(3, 4), List.of(Preference.RIGHT)));
    Score score =
        Evaluation.of(data(choices, 3, 1, 1, 0, 9), Set.of("p0")).score(new double[] {0.5});
    assertThat(score.spearman()).isNaN();
    assertThat(score.accuracy()).isEqualTo(1);
    assertThat(score.logLoss())
        .isCloseTo((Math.log1p(Math.exp(-1)) + Math.log(2)) / 2, within(1e-12));
    assertThat(score).hasToString("accuracy 1.000  log-loss 0.503");
  }

  @Test
  void staysFiniteAtLargeLogits() {
    GoldRewards gold = new GoldRewards(new double[] {0, 800, -800});
    Score score = Evaluation.of(data(gold, 0, 800, -800), Set.of("p0")).score(new double[] {1});
    assertThat(score.logLoss()).isEqualTo(0);
  }

  @Test
  void needsAPairToEvaluateOn() {
    DataSet data = data(new RecordedChoices(Map.of()), 1, 2, 3);
    assertThatThrownBy(() -> Evaluation.of(data, Set.of("p0"))).hasMessageContaining("--holdout");
  }
}
