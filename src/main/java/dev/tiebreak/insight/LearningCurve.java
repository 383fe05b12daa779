package dev.tiebreak.insight;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scores of an arm as the model learned.
 *
 * @param all over all fits; null where no verdict is scored
 * @param recent over the newest fits that have at least {@value #RECENT} verdicts together, or over
 *     all
 * @param points in the order of fits, at most {@value #MOST_POINTS}, neighbours put together
 */
record LearningCurve(@Nullable Point all, @Nullable Point recent, List<Point> points) {

  static final int RECENT = 100;
  static final int MOST_POINTS = 100;

  /**
   * Some fits in a row.
   *
   * @param fromFit the round of the first
   * @param toFit the round of the last
   * @param labels verdicts that the fits had, on average over the verdicts scored
   * @param verdicts that are scored
   */
  record Point(
      long fromFit,
      long toFit,
      double labels,
      long verdicts,
      Interval accuracy,
      Interval logLoss) {}

  /** Of an arm's scores in the order of fits; those without verdicts play no part. */
  static LearningCurve of(List<FitScore> scores) {
    List<FitScore> some = scores.stream().filter(score -> score.score().verdicts() > 0).toList();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < Math.min(some.size(), MOST_POINTS); i++) {
      int parts = Math.min(some.size(), MOST_POINTS);
      int from = (int) ((long) i * some.size() / parts);
      int to = (int) ((i + 1L) * some.size() / parts);
      points.add(point(some.subList(from, to)));
    }
    return some.isEmpty()
        ? new LearningCurve(null, null, List.of())
        : new LearningCurve(point(some), point(recent(some)), List.copyOf(points));
  }

  /** The newest fits that have enough verdicts together, or all. */
  static List<FitScore> recent(List<FitScore> scores) {
    int from = scores.size();
    long verdicts = 0;
    while (from > 0 && verdicts < RECENT) {
      from--;
      verdicts += scores.get(from).score().verdicts();
    }
    return scores.subList(from, scores.size());
  }

  private static Point point(List<FitScore> scores) {
    Score sum = sum(scores);
    double labels = 0;
    for (FitScore score : scores) {
      labels += (double) score.labels() * score.score().verdicts();
    }
    Interval accuracy = sum.accuracy();
    Interval logLoss = sum.meanLogLoss();
    if (accuracy == null || logLoss == null) {
      throw new IllegalArgumentException("no verdict in " + scores);
    }
    return new Point(
        scores.getFirst().fit(),
        scores.getLast().fit(),
        labels / sum.verdicts(),
        sum.verdicts(),
        accuracy,
        logLoss);
  }

  static Score sum(List<FitScore> scores) {
    return scores.stream().map(FitScore::score).reduce(Score.NONE, Score::plus);
  }
}
