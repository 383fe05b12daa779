package dev.tiebreak.simulation;

import dev.tiebreak.evaluation.MeanWithError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Learning curves side by side: a row for each number of labels, a column for each strategy. */
final class CurveTable {

  private final List<Curve> curves;
  private final List<String> strategies;

  CurveTable(List<Curve> curves) {
    this.curves = List.copyOf(curves);
    this.strategies = curves.stream().map(Curve::strategy).distinct().toList();
  }

  /** Each measure's table, then what became of the verdicts. */
  String text() {
    long seeds = curves.stream().map(Curve::seed).distinct().count();
    String title =
        "%s on held-out prompts"
            + (seeds > 1 ? ", mean (standard error) of " + seeds + " seeds" : "");
    return measure(title.formatted("Spearman"), Score::spearman)
        + measure(title.formatted("Pairwise accuracy"), Score::accuracy)
        + measure(title.formatted("Log-loss (nats)"), Score::logLoss)
        + totals();
  }

  private String measure(String title, ToDoubleFunction<Score> measure) {
    TreeSet<Integer> labels =
        curves.stream()
            .flatMap(curve -> curve.points().stream().map(Checkpoint::labels))
            .collect(Collectors.toCollection(TreeSet::new));
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("labels"));
    head.addAll(strategies);
    rows.add(head);
    boolean any = false;
    for (int count : labels) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(count)));
      for (String strategy : strategies) {
        double[] values = values(strategy, count, measure);
        any |= values.length > 0;
        row.add(meanAndError(values));
      }
      rows.add(row);
    }
    return any ? "\n" + title + "\n" + Columns.aligned(rows) : "";
  }

  private double[] values(String strategy, int labels, ToDoubleFunction<Score> measure) {
    return curves.stream()
        .filter(curve -> curve.strategy().equals(strategy))
        .flatMap(curve -> curve.points().stream())
        .filter(point -> point.labels() == labels)
        .mapToDouble(point -> measure.applyAsDouble(point.score()))
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  /** Mean (s/√n), s the sample standard deviation; the mean alone where n = 1. */
  static String meanAndError(double[] values) {
    if (values.length == 0) {
      return "-";
    }
    MeanWithError all = MeanWithError.of(values);
    if (values.length == 1) {
      return String.format(Locale.ROOT, "%.3f", all.mean());
    }
    return String.format(Locale.ROOT, "%.3f (%.3f)", all.mean(), all.standardError());
  }

  private String totals() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("project", "labels", "verdicts/s", "outcomes"));
    for (Curve curve : curves) {
      rows.add(
          List.of(
              curve.project(),
              Integer.toString(curve.counted()),
              String.format(Locale.ROOT, "%.1f", curve.rate()),
              outcomes(curve.outcomes())));
    }
    return "\nVerdicts of this run\n" + Columns.aligned(rows);
  }

  private static String outcomes(Map<String, Integer> outcomes) {
    return new TreeMap<>(outcomes)
        .entrySet().stream()
            .map(outcome -> outcome.getKey() + " " + outcome.getValue())
            .collect(Collectors.joining(", "));
  }
}
