package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.linalg.Matrix;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class DiagnosticsTest {

  /** Rewards 0, 1, 3, 6, 10 of prompts 0, 0, 1, 1, 2 and A = 4. */
  private static ProblemBuilder line() {
    return new ProblemBuilder(
        new Matrix(5, 1, new double[] {0, 1, 3, 6, 10}),
        new int[] {0, 0, 1, 1, 2},
        new double[] {1},
        4);
  }

  @Test
  void describesABatchWorkedOutByHand() {
    // the smallest differences: (0, 1) 1, (1, 2) 2, (0, 2) and (2, 3) 3
    BatchDiagnostics diagnostics =
        line().strategy(Strategy.MAX_ENTROPY).batchSize(4).select().diagnostics();
    assertThat(diagnostics.distinctResponses()).isEqualTo(4);
    assertThat(diagnostics.comparisonsPerResponseMean()).isEqualTo(2);
    assertThat(diagnostics.comparisonsPerResponseStandardDeviation())
        .isCloseTo(Math.sqrt(0.5), within(1e-15)); // degrees 2, 2, 3, 1
    assertThat(diagnostics.connectedComponents()).isEqualTo(1);
    assertThat(diagnostics.absoluteRewardDifferenceMean()).isCloseTo(2.25, within(1e-15));
    assertThat(diagnostics.absoluteRewardDifferenceStandardDeviation())
        .isCloseTo(Math.sqrt((1 + 4 + 9 + 9) / 4.0 - 2.25 * 2.25), within(1e-15));
    assertThat(diagnostics.rawVariance()).isCloseTo(23 / 4.0, within(1e-14));
    assertThat(diagnostics.whitenedVariance()).isCloseTo(23 / 16.0, within(1e-14));
    // prompts touched: {0}, {0, 1}, {0, 1}, {1}
    assertThat(diagnostics.distinctPromptShare()).isCloseTo(2 / 6.0, within(1e-15));
    assertThat(diagnostics.logDetBefore()).isCloseTo(Math.log(4), within(1e-15));
  }

  @Test
  void countsTheComponentsOfInPromptPairs() {
    BatchDiagnostics diagnostics =
        line().pairing(Pairing.IN_PROMPT).batchSize(4).select().diagnostics();
    assertThat(diagnostics.connectedComponents()).isEqualTo(2);
    assertThat(diagnostics.distinctResponses()).isEqualTo(4);
    assertThat(diagnostics.distinctPromptShare()).isEqualTo(1);
  }
}
