package dev.tiebreak.insight;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether the next verdicts are worth their price, and why. {@code docs/insight.md} has the rule in
 * words.
 *
 * @param leastGain in accuracy, which the next verdicts are to bring: 0.005, or where somebody says
 *     what 0.01 of accuracy is worth, that for which they are worth their price
 * @param advice by the rule
 * @param reason in words
 */
record StoppingAdvice(double leastGain, Advice advice, String reason) {

  static final double LEAST_GAIN = 0.005;

  /**
   * What the rule goes by.
   *
   * @param budgetLeft counted verdicts; null: no limit
   * @param forecast of the newest round; null: none yet
   * @param trend null: too few verdicts
   */
  record Evidence(
      @Nullable Long budgetLeft,
      @Nullable Forecast forecast,
      Calibration calibration,
      @Nullable Trend trend) {}

  /** By the rule, the first line that applies. */
  static StoppingAdvice of(Evidence evidence, double leastGain) {
    Forecast forecast = evidence.forecast();
    Long budgetLeft = evidence.budgetLeft();
    if (budgetLeft != null && budgetLeft <= 0) {
      return new StoppingAdvice(leastGain, Advice.STOP, "The budget is spent.");
    }
    if (forecast == null) {
      return unsure(leastGain, "There is no forecast yet: it comes with the first round.");
    }
    if (forecast.verdicts() == 0) {
      return new StoppingAdvice(
          leastGain, Advice.STOP, "Every pair that may be asked has been answered.");
    }
    Calibration calibration = evidence.calibration();
    if (!calibration.known()) {
      return unsure(
          leastGain,
          "%s, but only %d of the %d verdicts on the random arm are there that it takes to check it."
              .formatted(expected(forecast), calibration.verdicts(), Calibration.FEWEST_VERDICTS));
    }
    if (disagrees(calibration.accuracy())) {
      return unsure(leastGain, doubtful(forecast, "accuracy", calibration.accuracy()));
    }
    if (disagrees(calibration.logLoss())) {
      return unsure(leastGain, doubtful(forecast, "log-loss", calibration.logLoss()));
    }
    return byGain(leastGain, forecast, evidence.trend());
  }

  private static StoppingAdvice byGain(double leastGain, Forecast forecast, @Nullable Trend trend) {
    Interval gain = forecast.accuracyGain();
    if (gain.above(leastGain)) {
      return trend != null && trend.accuracyGain().below(leastGain)
          ? unsure(leastGain, expected(forecast) + ", but the trend of the random arm says less.")
          : new StoppingAdvice(
              leastGain,
              Advice.CONTINUE,
              expected(forecast) + ", which is more than " + number(leastGain) + ".");
    }
    if (gain.below(leastGain)) {
      return trend != null && trend.accuracyGain().above(leastGain)
          ? unsure(leastGain, expected(forecast) + ", but the trend of the random arm says more.")
          : new StoppingAdvice(
              leastGain,
              Advice.STOP,
              expected(forecast) + ", which is less than " + number(leastGain) + ".");
    }
    return unsure(
        leastGain,
        expected(forecast) + ", which is too near to " + number(leastGain) + " to tell.");
  }

  private static StoppingAdvice unsure(double leastGain, String reason) {
    return new StoppingAdvice(leastGain, Advice.UNSURE, reason);
  }

  private static String expected(Forecast forecast) {
    return "The model expects "
        + number(forecast.accuracyGain().value())
        + " of accuracy from the next "
        + forecast.verdicts()
        + " verdicts";
  }

  private static boolean disagrees(Calibration.@Nullable Check check) {
    return check == null || !check.agrees();
  }

  private static String doubtful(
      Forecast forecast, String measure, Calibration.@Nullable Check check) {
    return expected(forecast)
        + (check == null
            ? ", but nothing checks it."
            : ", but on the random arm its %s is %s where it expected %s."
                .formatted(measure, number(check.observed().value()), number(check.expected())));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
