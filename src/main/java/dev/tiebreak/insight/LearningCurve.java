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

  /**
   * Of an arm's scores in the order of fits; those without verdicts play no part.
   *
   * @param leastVerdicts of a point, where there are so many: neighbours are put together
   */
  static LearningCurve of(List<FitScore> scores, int leastVerdicts) {
    List<FitScore> some = scores.stream().filter(score -> score.score().verdicts() > 0).toList();
    List<List<FitScore>> groups = groups(some, leastVerdicts);
    int parts = Math.min(groups.size(), MOST_POINTS);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) i * groups.size() / parts);
      int to = (int) ((i + 1L) * groups.size() / parts);
      points.add(point(groups.subList(from, to).stream().flatMap(List::stream).toList()));
    }
    return some.isEmpty()
        ? new LearningCurve(null, null, List.of())
        : new LearningCurve(point(some), point(recent(some)), List.copyOf(points));
  }

  /** Neighbours with enough verdicts together; what is left at the end goes to the last. */
  private static List<List<FitScore>> groups(List<FitScore> scores, int leastVerdicts) {
    List<List<FitScore>> groups = new ArrayList<>();
    int from = 0;
    long verdicts = 0;
    for (int to = 1; to <= scores.size(); to++) {
      verdicts += scores.get(to - 1).score().verdicts();
      if (verdicts >= leastVerdicts) {
        groups.add(scores.subList(from, to));
        from = to;
        verdicts = 0;
      }
    }
    if (from < scores.size()) {
      int start = groups.isEmpty() ? 0 : from - groups.removeLast().size();
      groups.add(scores.subList(start, scores.size()));
    }
    return groups;
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
