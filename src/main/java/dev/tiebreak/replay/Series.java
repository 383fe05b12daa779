package dev.tiebreak.replay;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a cell came to as columns of numbers: a tenth of the memory of its points, as many replays
 * are kept for reading.
 *
 * @param labels rising, one a point
 * @param measures by the names of {@link Measure}, a number a point; NaN where a point has none
 * @param diversity by the names of {@link Diversity}, the mean over batches
 * @param responses distinct ones that were compared until each point
 * @param computeMillis CPU time until each point
 * @param pool responses among which was chosen
 * @param picks in the order of the choice
 */
record Series(
    int[] labels,
    Map<String, double[]> measures,
    Map<String, Double> diversity,
    double[] responses,
    double[] computeMillis,
    int pool,
    List<Pick> picks) {

  /** The columns of a cell's points. */
  static Series of(CellResult result) {
    List<Point> points = result.points();
    Map<String, double[]> measures = new LinkedHashMap<>();
    Map<String, double[]> batches = new LinkedHashMap<>();
    for (int i = 0; i < points.size(); i++) {
      put(points.get(i).measures(), i, points.size(), measures);
      put(points.get(i).diversity(), i, points.size(), batches);
    }
    Map<String, Double> diversity = new LinkedHashMap<>();
    batches.forEach((name, values) -> diversity.put(name, mean(values)));
    return new Series(
        points.stream().mapToInt(Point::labels).toArray(),
        measures,
        diversity,
        points.stream().mapToDouble(Point::responses).toArray(),
        points.stream().mapToDouble(Point::computeMillis).toArray(),
        result.pool(),
        result.picks());
  }

  private static void put(
      Map<String, Double> values, int place, int places, Map<String, double[]> columns) {
    values.forEach(
        (name, value) -> columns.computeIfAbsent(name, absent -> unknown(places))[place] = value);
  }

  private static double[] unknown(int places) {
    double[] values = new double[places];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
  }

  /** Whether any point has the measure. */
  boolean has(String measure) {
    return measures.containsKey(measure);
  }

  /** A measure at each point, NaN where there is none. */
  double[] values(String measure) {
    double[] values = measures.get(measure);
    return values == null ? unknown(labels.length) : values;
  }

  /** The place of a label count; negative where no point has it. */
  int place(int count) {
    return Arrays.binarySearch(labels, count);
  }

  /** About how many numbers it holds. */
  long size() {
    return (long) labels.length * (measures.size() + 3) + diversity.size() + 3L * picks.size() + 32;
  }
}
