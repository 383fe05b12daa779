package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What it costs a variant to reach a target: verdicts, generated responses and computing. RANDOM
 * needs only those responses that it compares; any other strategy chooses among all of the pool, so
 * all of them are generated first. Responses and computing are interpolated at the label count at
 * which the mean curve reaches the target.
 */
final class CostEstimate {

  private static final double MILLIS_AN_HOUR = 3_600_000;

  private CostEstimate() {}

  /** Of a variant that has results with the measure. */
  static ResultRow.Cost of(Variant variant, String measure, double target, Results results) {
    Prices prices = results.settings().prices();
    Curves curves = results.curves(variant, measure);
    int[] labels = curves == null ? new int[0] : curves.labels();
    Double needed =
        curves == null
            ? null
            : LabelRatio.labels(
                curves, Bootstrap.all(curves.repetitions()), target, Measure.falls(measure));
    if (needed == null) {
      return ResultRow.Cost.unreached(variant, measure, target);
    }
    List<Series> cells = List.copyOf(results.of(variant).values());
    double responses =
        variant.strategy() == Strategy.RANDOM
            ? at(needed, labels, cells, Series::responses)
            : cells.stream().mapToDouble(Series::pool).average().orElse(0);
    double hours = at(needed, labels, cells, Series::computeMillis) / MILLIS_AN_HOUR;
    return ResultRow.Cost.of(variant, measure, target, needed, responses, hours, prices);
  }

  /** A mean over cells, linear between label counts and from nothing at none. */
  private static double at(
      double needed, int[] labels, List<Series> cells, Function<Series, double[]> value) {
    int place = Arrays.binarySearch(labels, (int) Math.ceil(needed));
    int after = Math.min(place >= 0 ? place : -place - 1, labels.length - 1);
    double end = mean(labels[after], cells, value);
    double startLabels = after == 0 ? 0 : labels[after - 1];
    double start = after == 0 ? 0 : mean(labels[after - 1], cells, value);
    double share = (needed - startLabels) / (labels[after] - startLabels);
    return start + share * (end - start);
  }

  private static double mean(int labels, List<Series> cells, Function<Series, double[]> value) {
    return cells.stream()
        .filter(cell -> cell.place(labels) >= 0)
        .mapToDouble(cell -> value.apply(cell)[cell.place(labels)])
        .average()
        .orElse(0);
  }
}
