package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import dev.tiebreak.evaluation.MeanWithError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The results of a replay so far, and what they come to: tables of tidy rows. */
final class Results {

  private final ReplaySettings settings;
  private final Target target;
  private final Grid grid;

  /** By variant and repetition. */
  private final Map<Variant, SortedMap<Integer, CellResult>> byVariant = new LinkedHashMap<>();

  /**
   * Results.
   *
   * @param cells by number, those that have been done
   */
  Results(ReplaySettings settings, Map<Integer, CellResult> cells) {
    this(settings, settings.target(), cells);
  }

  /** Results with another target than the settings'. */
  Results(ReplaySettings settings, Target target, Map<Integer, CellResult> cells) {
    this.settings = settings;
    this.target = target;
    this.grid = new Grid(settings);
    grid.variants().forEach(variant -> byVariant.put(variant, new TreeMap<>()));
    cells.forEach((number, result) -> {
      Cell cell = grid.cell(number);
      of(cell.variant()).put(cell.repetition(), result);
    });
  }

  ReplaySettings settings() {
    return settings;
  }

  /** The variants, whether or not they have results. */
  List<Variant> variants() {
    return grid.variants();
  }

  /** The results of a variant by repetition. */
  SortedMap<Integer, CellResult> of(Variant variant) {
    return byVariant.computeIfAbsent(variant, absent -> new TreeMap<>());
  }

  /** The names of all measures that some point has. */
  Set<String> measures() {
    Set<String> names = new LinkedHashSet<>();
    byVariant
        .values()
        .forEach(results ->
            results
                .values()
                .forEach(result ->
                    result.points().forEach(point -> names.addAll(point.measures().keySet()))));
    return names;
  }

  /**
   * Mean and standard error over the repetitions that have the measure, at the label counts that
   * all of them reached: where they ran out of verdicts, each of them at a count of its own, a mean
   * over a few would say something else.
   */
  SortedMap<Integer, MeanWithError> curve(Variant variant, String measure) {
    SortedMap<Integer, List<Double>> values = new TreeMap<>();
    List<CellResult> having =
        of(variant).values().stream().filter(result -> result.has(measure)).toList();
    for (CellResult result : having) {
      for (Point point : result.points()) {
        Double value = point.measures().get(measure);
        if (value != null) {
          values.computeIfAbsent(point.labels(), labels -> new ArrayList<>()).add(value);
        }
      }
    }
    SortedMap<Integer, MeanWithError> curve = new TreeMap<>();
    values.forEach((labels, list) -> {
      if (list.size() == having.size()) {
        curve.put(labels, mean(list));
      }
    });
    return curve;
  }

  private static MeanWithError mean(List<Double> values) {
    return MeanWithError.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** All curves. */
  List<ResultRow.Curve> curves() {
    List<ResultRow.Curve> rows = new ArrayList<>();
    Set<String> measures = measures();
    for (Variant variant : variants()) {
      for (String measure : measures) {
        curve(variant, measure)
            .forEach(
                (labels, value) -> rows.add(ResultRow.Curve.of(variant, labels, measure, value)));
      }
    }
    return rows;
  }

  /** Every point of every cell. */
  List<ResultRow.CellPoint> points() {
    List<ResultRow.CellPoint> rows = new ArrayList<>();
    byVariant.forEach((variant, results) ->
        results.forEach((repetition, result) ->
            result
                .points()
                .forEach(point ->
                    point
                        .measures()
                        .forEach((measure, value) ->
                            rows.add(
                                ResultRow.CellPoint.of(
                                    variant, repetition, point.labels(), measure, value))))));
    return rows;
  }

  /** How diverse the batches of each variant were: the mean over batches, then over seeds. */
  List<ResultRow.Diversity> diversity() {
    List<ResultRow.Diversity> rows = new ArrayList<>();
    byVariant.forEach((variant, results) -> {
      Map<String, List<Double>> values = new LinkedHashMap<>();
      for (CellResult result : results.values()) {
        Map<String, List<Double>> batches = new LinkedHashMap<>();
        for (Point point : result.points()) {
          point
              .diversity()
              .forEach((name, value) ->
                  batches.computeIfAbsent(name, absent -> new ArrayList<>()).add(value));
        }
        batches.forEach((name, list) ->
            values.computeIfAbsent(name, absent -> new ArrayList<>()).add(mean(list).mean()));
      }
      values.forEach((name, list) -> rows.add(ResultRow.Diversity.of(variant, name, mean(list))));
    });
    return rows;
  }

  /** How each variant differs from RANDOM with the same seeds, at each label count and overall. */
  List<ResultRow.Difference> differences() {
    List<ResultRow.Difference> rows = new ArrayList<>();
    Set<String> measures = measures();
    for (Variant variant : variants()) {
      for (String measure : measures) {
        PairedCurves curves = paired(variant, measure);
        if (variant.strategy() != Strategy.RANDOM && curves != null) {
          for (int place = 0; place < curves.labels().length; place++) {
            rows.add(
                ResultRow.Difference.of(
                    variant, curves.labels()[place], measure, curves.difference(place)));
          }
          rows.add(ResultRow.Difference.of(variant, null, measure, curves.area()));
        }
      }
    }
    return rows;
  }

  /** The labels that each variant needs, against RANDOM's, for every measure of quality. */
  List<ResultRow.Ratio> ratios() {
    return forEachMeasure((variant, measure, curves) ->
        ResultRow.Ratio.of(
            variant, measure, LabelRatio.of(curves, measure, target, settings.seed())));
  }

  /** What it costs each variant to reach the target, for every measure of quality. */
  List<ResultRow.Cost> costs() {
    return forEachMeasure((variant, measure, curves) ->
        CostEstimate.of(
            settings.prices(), variant, measure, LabelRatio.target(curves, measure, target), this));
  }

  /** Makes a row of a variant's curves of a measure, or none. */
  @FunctionalInterface
  private interface RowMaker<R> {
    @Nullable R make(Variant variant, String measure, PairedCurves curves);
  }

  private <R> List<R> forEachMeasure(RowMaker<R> maker) {
    List<R> rows = new ArrayList<>();
    String only = target.measure();
    List<String> wanted =
        measures().stream()
            .filter(name -> only == null ? Measure.isQuality(name) : name.equals(only))
            .toList();
    for (Variant variant : variants()) {
      for (String measure : wanted) {
        PairedCurves curves = paired(variant, measure);
        R row = curves == null ? null : maker.make(variant, measure, curves);
        if (row != null) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /** Null where the repetitions that both have done don't have the measure. */
  private @Nullable PairedCurves paired(Variant variant, String measure) {
    return PairedCurves.of(of(variant), of(variant.with(Strategy.RANDOM)), measure);
  }
}
