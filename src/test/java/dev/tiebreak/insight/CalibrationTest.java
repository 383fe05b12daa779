package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  private static FitScore score(long fit, long verdicts, long right) {
    return new FitScore(
        fit, 10 * fit, new Score(verdicts, 0, right, 0.6 * verdicts, 0.4 * verdicts));
  }

  @Test
  void weighsForecastsByTheVerdictsOnThem() {
    Calibration calibration =
        Calibration.of(
            List.of(score(1, 30, 20), score(2, 10, 5), score(3, 7, 7)),
            Map.of(
                1L, new Calibration.Expected(0.6, 0.65), 2L, new Calibration.Expected(0.8, 0.55)));

    assertThat(calibration.verdicts()).isEqualTo(40);
    Calibration.Check accuracy = Objects.requireNonNull(calibration.accuracy());
    assertThat(accuracy.expected()).isCloseTo(0.65, within(1e-12));
    assertThat(accuracy.observed().value()).isEqualTo(0.625);
    assertThat(accuracy.agrees()).isTrue();
    assertThat(Objects.requireNonNull(calibration.logLoss()).expected())
        .isCloseTo(0.625, within(1e-12));
    assertThat(calibration.known()).isTrue();
  }

  @Test
  void noticesThatTheModelOverratesItself() {
    Calibration calibration =
        Calibration.of(List.of(score(1, 100, 50)), Map.of(1L, new Calibration.Expected(0.7, 0.6)));

    assertThat(Objects.requireNonNull(calibration.accuracy()).agrees()).isFalse();
    assertThat(Objects.requireNonNull(calibration.logLoss()).agrees()).isTrue();
  }

  @Test
  void knowsNothingWithoutVerdictsOrForecasts() {
    assertThat(Calibration.of(List.of(score(1, 50, 30)), Map.of()))
        .isEqualTo(new Calibration(0, null, null));
    assertThat(Calibration.of(List.of(), Map.of()).known()).isFalse();
  }
}
