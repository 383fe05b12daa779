package dev.tiebreak.insight;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether models are as good as they expect: their forecasts, averaged over the newest verdicts of
 * the random arm, against what these turned out.
 *
 * @param verdicts of the newest fits that have at least {@value LearningCurve#RECENT} together, or
 *     all; those of fits without a forecast play no part
 * @param accuracy null of no verdict
 * @param logLoss nats; null of no verdict
 */
record Calibration(long verdicts, @Nullable Check accuracy, @Nullable Check logLoss) {

  /**
   * A measure.
   *
   * @param expected by the forecasts
   */
  record Check(double expected, Interval observed) {

    /**
     * Whether what was expected is what was seen. The interval is widened to about 99 %: it is
     * looked at round after round, for two measures, and a check at 95 % would fail now and then by
     * chance.
     */
    boolean agrees() {
      return observed.covers(expected, WIDENED);
    }
  }

  static final int FEWEST_VERDICTS = 30;

  /** The normal distribution's 99.5th percentile over its 97.5th. */
  private static final double WIDENED = 2.5758293035489004 / Interval.NORMAL;

  /** What a fit's model expects of itself. */
  record Expected(double accuracy, double logLoss) {}

  /**
   * Of the random arm's scores in the order of fits.
   *
   * @param expected by fit
   */
  static Calibration of(List<FitScore> scores, Map<Long, Expected> expected) {
    List<FitScore> known =
        LearningCurve.recent(
            scores.stream()
                .filter(score -> score.score().verdicts() > 0 && expected.containsKey(score.fit()))
                .toList());
    Score sum = LearningCurve.sum(known);
    double accuracy = 0;
    double logLoss = 0;
    for (FitScore score : known) {
      Expected own = expected.getOrDefault(score.fit(), new Expected(0, 0));
      accuracy += own.accuracy() * score.score().verdicts() / sum.verdicts();
      logLoss += own.logLoss() * score.score().verdicts() / sum.verdicts();
    }
    return new Calibration(
        sum.verdicts(), check(accuracy, sum.accuracy()), check(logLoss, sum.meanLogLoss()));
  }

  private static @Nullable Check check(double expected, @Nullable Interval observed) {
    return observed == null ? null : new Check(expected, observed);
  }

  /** Whether there are verdicts enough to tell. */
  boolean known() {
    return verdicts >= FEWEST_VERDICTS;
  }
}
