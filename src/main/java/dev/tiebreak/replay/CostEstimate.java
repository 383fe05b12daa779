package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import dev.tiebreak.evaluation.MeanWithError;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What it costs a variant to reach a target: verdicts, generated responses and computing. RANDOM
 * needs only those responses that it compares; any other strategy chooses among all of the pool, so
 * all of them are generated first. Responses and computing are interpolated at the label count at
 * which the mean curve reaches the target.
 */
final class CostEstimate {

  private static final double MILLIS_AN_HOUR = 3_600_000;

  private CostEstimate() {}

  /** Null where the variant has no result with the measure. */
  static ResultRow.@Nullable Cost of(
      Prices prices, Variant variant, String measure, double target, Results results) {
    SortedMap<Integer, MeanWithError> curve = results.curve(variant, measure);
    if (curve.isEmpty()) {
      return null;
    }
    int[] labels = curve.keySet().stream().mapToInt(Integer::intValue).toArray();
    double[] means = curve.values().stream().mapToDouble(MeanWithError::mean).toArray();
    Double needed = LabelRatio.labels(labels, means, target, Measure.falls(measure));
    if (needed == null) {
      return ResultRow.Cost.unreached(variant, measure, target);
    }
    List<CellResult> cells = List.copyOf(results.of(variant).values());
    double responses =
        variant.strategy() == Strategy.RANDOM
            ? at(needed, labels, cells, Point::responses)
            : cells.stream().mapToDouble(CellResult::pool).average().orElse(0);
    double hours = at(needed, labels, cells, Point::computeMillis) / MILLIS_AN_HOUR;
    return ResultRow.Cost.of(variant, measure, target, needed, responses, hours, prices);
  }

  /** A mean over cells, linear between label counts and from nothing at none. */
  private static double at(
      double needed, int[] labels, List<CellResult> cells, ToDoubleFunction<Point> value) {
    int place = Arrays.binarySearch(labels, (int) Math.ceil(needed));
    int after = Math.min(place >= 0 ? place : -place - 1, labels.length - 1);
    double end = mean(labels[after], cells, value);
    double startLabels = after == 0 ? 0 : labels[after - 1];
    double start = after == 0 ? 0 : mean(labels[after - 1], cells, value);
    double share = (needed - startLabels) / (labels[after] - startLabels);
    return start + share * (end - start);
  }

  private static double mean(int labels, List<CellResult> cells, ToDoubleFunction<Point> value) {
    return cells.stream()
        .flatMap(cell -> cell.points().stream())
        .filter(point -> point.labels() == labels)
        .mapToDouble(value)
        .average()
        .orElse(0);
  }
}
