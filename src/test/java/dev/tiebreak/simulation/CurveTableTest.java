package dev.tiebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CurveTableTest {

  private static Curve curve(String strategy, long seed, Checkpoint... points) {
    return new Curve(
        strategy.toLowerCase(Locale.ROOT) + seed,
        strategy,
        seed,
        List.of(points),
        40,
        10,
        Map.of("COUNTED", 40, "SKIPPED", 10),
        Duration.ofSeconds(4));
  }

  private static Checkpoint point(int labels, double spearman, double accuracy, double loss) {
    return new Checkpoint(labels, 1, new Score(spearman, accuracy, loss), Duration.ZERO);
  }

  @Test
  void setsStrategiesSideBySide() {
    String text =
        new CurveTable(
                List.of(
                    curve("A", 1, point(0, 0, 0.5, 0.7), point(25, 0.31, 0.6, 0.65)),
                    curve("LONG_NAME", 1, point(0, 0, 0.5, 0.7))))
            .text();

    assertThat(text)
        .startsWith(
            """

            Spearman on held-out prompts
            labels   A       LONG_NAME
            0        0.000   0.000
            25       0.310   -

            Pairwise accuracy on held-out prompts
            """)
        .endsWith(
            """

            Verdicts of this run
            project      labels   verdicts/s   outcomes
            a1           40       12.5         COUNTED 40, SKIPPED 10
            long_name1   40       12.5         COUNTED 40, SKIPPED 10
            """);
  }

  @Test
  void averagesSeeds() {
    String text =
        new CurveTable(
                List.of(
                    curve("A", 1, point(25, Double.NaN, 0.6, 0.65)),
                    curve("A", 2, point(25, Double.NaN, 0.7, 0.65))))
            .text();

    assertThat(text)
        .doesNotContain("Spearman")
        .contains("Pairwise accuracy on held-out prompts, mean (standard error) of 2 seeds")
        .contains("25       0.650 (0.050)\n");
  }

  @Test
  void theStandardErrorIsThatOfTheMean() {
    assertThat(CurveTable.meanAndError(new double[] {1, 2, 3, 4})).isEqualTo("2.500 (0.645)");
    assertThat(CurveTable.meanAndError(new double[] {1})).isEqualTo("1.000");
  }
}
