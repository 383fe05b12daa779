package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

  /** Two verdicts at each fit, one a step above the line and one below. */
  private static FitScore onLine(long fit, long labels, double step) {
    double loss = 0.5 + 4.0 / labels;
    return new FitScore(
        fit,
        labels,
        new Score(
            20, 0, 10, 20 * loss, 10 * Math.pow(loss + step, 2) + 10 * Math.pow(loss - step, 2)));
  }

  private static List<FitScore> line(double step) {
    return IntStream.rangeClosed(1, 8).mapToObj(i -> onLine(i, 25L * i, step)).toList();
  }

  @Test
  void followsALineExactly() {
    Trend trend = Objects.requireNonNull(Trend.of(line(0), 200, 100));

    double gain = 4.0 / 200 - 4.0 / 300;
    assertThat(trend.verdicts()).isEqualTo(160);
    assertThat(trend.logLossGain().value()).isCloseTo(gain, within(1e-12));
    assertThat(trend.logLossGain().upper()).isCloseTo(gain, within(1e-6));
    assertThat(trend.accuracyGain().value()).isCloseTo(0, within(1e-12));
  }

  /**
   * By hand: residuals of ±0.3 in 160 verdicts, s² = 160 · 0.09 / 158, standard error of the slope
   * s / √Σ(x − x̄)², x = 1/labels, twenty each; t(158) = 1.975092.
   */
  @Test
  void givesTheIntervalOfARegression() {
    Interval gain = Objects.requireNonNull(Trend.of(line(0.3), 200, 100)).logLossGain();

    double[] x = IntStream.rangeClosed(1, 8).mapToDouble(i -> 1 / (25.0 * i)).toArray();
    double mean = IntStream.range(0, 8).mapToDouble(i -> x[i]).average().orElseThrow();
    double squares =
        20 * IntStream.range(0, 8).mapToDouble(i -> (x[i] - mean) * (x[i] - mean)).sum();
    double error = Math.sqrt(160 * 0.09 / 158 / squares) * (1.0 / 200 - 1.0 / 300);
    assertThat(gain.value()).isCloseTo(4.0 / 200 - 4.0 / 300, within(1e-12));
    assertThat(gain.upper()).isCloseTo(gain.value() + 1.975092 * error, within(1e-6));
    assertThat(gain.lower()).isCloseTo(gain.value() - 1.975092 * error, within(1e-6));
  }

  @Test
  void wantsVerdictsEnoughAndFitsThatDiffer() {
    assertThat(Trend.of(line(0).subList(0, 2), 200, 100)).isNull();
    assertThat(Trend.of(List.of(onLine(1, 0, 0), onLine(2, 9, 0), onLine(3, 9, 0)), 9, 100))
        .isNull();
    assertThat(Trend.of(List.of(), 0, 100)).isNull();
  }
}
