package dev.tiebreak.insight;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the random arm's scores so far say of the next verdicts, by a regression on 1/labels: the
 * excess loss of a regular model fitted to N independent observations falls as 1/N (Amari, Murata,
 * Statistical theory of learning curves under entropic loss criterion, Neural Computation 5, 1993),
 * so that mean loss = a + b/N and h more verdicts are worth b (1/N − 1/(N + h)).
 *
 * <p>Ordinary least squares over verdicts, each at the labels that its fit had; fits with fewer
 * than {@value #FEWEST_LABELS} labels, whose prior is not yet by evidence, are left out. Standard
 * errors are the usual ones, intervals by Student's t. A fit's verdicts share their error of fit,
 * which this does not know: a trend is a second opinion, not a proof.
 *
 * @param verdicts that the lines go through
 * @param accuracyGain that the next verdicts are worth by the line through accuracy
 * @param logLossGain by which log-loss falls, nats, by the line through log-loss
 */
record Trend(long verdicts, Interval accuracyGain, Interval logLossGain) {

  static final int FEWEST_LABELS = 10;
  static final int FEWEST_VERDICTS = 30;

  /**
   * Of scores.
   *
   * @param labels counted verdicts now
   * @param horizon further verdicts
   * @return null of fewer than {@value #FEWEST_VERDICTS} verdicts, or of fewer than three fits with
   *     different labels
   */
  static @Nullable Trend of(List<FitScore> scores, long labels, long horizon) {
    List<FitScore> some =
        scores.stream()
            .filter(fit -> fit.labels() >= FEWEST_LABELS && fit.score().verdicts() > 0)
            .toList();
    long verdicts = LearningCurve.sum(some).verdicts();
    long places = some.stream().mapToLong(FitScore::labels).distinct().count();
    if (verdicts < FEWEST_VERDICTS || places < 3 || labels < FEWEST_LABELS) {
      return null;
    }
    double step = 1.0 / (labels + horizon) - 1.0 / labels;
    return new Trend(
        verdicts,
        slope(some, Score::correct, Score::correctSquared).times(step),
        slope(some, Score::logLoss, Score::logLossSquared).times(-step));
  }

  /** The slope b of y on x = 1/labels, all verdicts of a fit at one x. */
  private static Interval slope(
      List<FitScore> scores, ToDoubleFunction<Score> sum, ToDoubleFunction<Score> squares) {
    double n = 0;
    double x = 0;
    double y = 0;
    double yy = 0;
    for (FitScore fit : scores) {
      n += fit.score().verdicts();
      x += (double) fit.score().verdicts() / fit.labels();
      y += sum.applyAsDouble(fit.score());
      yy += squares.applyAsDouble(fit.score());
    }
    double xMean = x / n;
    double xx = 0;
    double xy = 0;
    for (FitScore fit : scores) {
      double deviation = 1.0 / fit.labels() - xMean;
      xx += fit.score().verdicts() * deviation * deviation;
      xy += deviation * sum.applyAsDouble(fit.score());
    }
    double slope = xy / xx;
    double residual = Math.max(0, yy - y * y / n - slope * xy);
    double error = Math.sqrt(residual / (n - 2) / xx);
    return Interval.around(slope, StudentT.critical(n - 2) * error);
  }
}
