package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoppingAdviceTest {

  private static final Calibration CHECKED =
      new Calibration(
          100,
          new Calibration.Check(0.65, new Interval(0.68, 0.58, 0.76)),
          new Calibration.Check(0.62, new Interval(0.6, 0.5, 0.7)));

  private static Forecast gaining(double lower, double upper) {
    Interval gain = new Interval((lower + upper) / 2, lower, upper);
    Interval any = new Interval(0.6, 0.5, 0.7);
    return new Forecast(1024, 100, any, any, 0.7, 1, 0.9, gain, any, -0.01, 0.03);
  }

  private static Trend trend(double lower, double upper) {
    Interval gain = new Interval((lower + upper) / 2, lower, upper);
    return new Trend(100, gain, gain);
  }

  private static StoppingAdvice advice(
      @Nullable Forecast forecast, Calibration calibration, @Nullable Trend trend) {
    return StoppingAdvice.of(
        new StoppingAdvice.Evidence(null, forecast, calibration, trend), 0.005);
  }

  @Test
  void goesOnWhereTheNextVerdictsBringEnough() {
    StoppingAdvice advice = advice(gaining(0.01, 0.02), CHECKED, null);

    assertThat(advice.advice()).isEqualTo(Advice.CONTINUE);
    assertThat(advice.reason())
        .isEqualTo(
            "The model expects 0.0150 of accuracy from the next 100 verdicts, which is more than 0.0050.");
  }

  @Test
  void stopsWhereTheyBringTooLittle() {
    StoppingAdvice advice = advice(gaining(0.001, 0.004), CHECKED, trend(-0.01, 0.02));

    assertThat(advice.advice()).isEqualTo(Advice.STOP);
    assertThat(advice.reason()).endsWith("which is less than 0.0050.");
  }

  @Test
  void isUnsureWhereItIsTooNearToTell() {
    assertThat(advice(gaining(0.004, 0.006), CHECKED, null).advice()).isEqualTo(Advice.UNSURE);
  }

  @Test
  void isUnsureWhereTheTrendSaysOtherwise() {
    assertThat(advice(gaining(0.01, 0.02), CHECKED, trend(-0.01, 0.001)).advice())
        .isEqualTo(Advice.UNSURE);
    assertThat(advice(gaining(0, 0.001), CHECKED, trend(0.02, 0.03)).advice())
        .isEqualTo(Advice.UNSURE);
  }

  @Test
  void isUnsureWhereNothingHasCheckedTheModel() {
    StoppingAdvice advice = advice(gaining(0.01, 0.02), new Calibration(29, null, null), null);

    assertThat(advice.advice()).isEqualTo(Advice.UNSURE);
    assertThat(advice.reason()).contains("only 29 of the 30 verdicts on the random arm");
  }

  @Test
  void isUnsureWhereTheModelWasWrongAboutItself() {
    Calibration overrated =
        new Calibration(
            100,
            new Calibration.Check(0.9, new Interval(0.6, 0.5, 0.7)),
            new Calibration.Check(0.62, new Interval(0.6, 0.5, 0.7)));
    Calibration tooSure =
        new Calibration(
            100,
            new Calibration.Check(0.6, new Interval(0.6, 0.5, 0.7)),
            new Calibration.Check(0.4, new Interval(0.6, 0.5, 0.7)));

    assertThat(advice(gaining(0.01, 0.02), overrated, null).advice()).isEqualTo(Advice.UNSURE);
    assertThat(advice(gaining(0.01, 0.02), overrated, null).reason())
        .endsWith("but on the random arm its accuracy is 0.6000 where it expected 0.9000.");
    assertThat(advice(gaining(0, 0.001), tooSure, null).reason())
        .endsWith("but on the random arm its log-loss is 0.6000 where it expected 0.4000.");
  }

  @Test
  void isUnsureBeforeTheFirstRound() {
    assertThat(advice(null, new Calibration(0, null, null), null).advice())
        .isEqualTo(Advice.UNSURE);
  }

  @Test
  void stopsWhereNothingCanBeAskedOrPaid() {
    Interval none = new Interval(0, 0.0, 0.0);
    Forecast ended = new Forecast(9, 0, none, none, 0.6, 1, 1, none, none, null, null);

    assertThat(advice(ended, new Calibration(0, null, null), null).advice()).isEqualTo(Advice.STOP);
    assertThat(
            StoppingAdvice.of(
                    new StoppingAdvice.Evidence(0L, gaining(0.1, 0.2), CHECKED, null), 0.005)
                .advice())
        .isEqualTo(Advice.STOP);
  }
}
