package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What results come to, as tables of tidy rows. */
final class Tables {

  private Tables() {}

  /** Rows of a variant and a measure. */
  private static <R> Stream<R> each(
      Results results, List<String> measures, BiFunction<Variant, String, Stream<R>> rows) {
    return results.variants().stream()
        .flatMap(variant -> measures.stream().flatMap(measure -> rows.apply(variant, measure)));
  }

  /** Mean curves. */
  static Table<ResultRow.Curve> curves(Results results, TableQuery query) {
    return Table.of(
        ResultRow.Curve.class,
        each(
            results,
            query.measures(results),
            (variant, measure) ->
                results.curve(variant, measure).entrySet().stream()
                    .map(point ->
                        ResultRow.Curve.of(variant, point.getKey(), measure, point.getValue()))));
  }

  /** Every point of every cell. */
  static Table<ResultRow.CellPoint> points(Results results, TableQuery query) {
    return Table.of(
        ResultRow.CellPoint.class,
        each(
            results,
            query.measures(results),
            (variant, measure) ->
                results.of(variant).entrySet().stream()
                    .flatMap(cell -> points(variant, measure, cell.getKey(), cell.getValue()))));
  }

  private static Stream<ResultRow.CellPoint> points(
      Variant variant, String measure, int repetition, Series series) {
    double[] values = series.values(measure);
    return IntStream.range(0, values.length)
        .filter(place -> !Double.isNaN(values[place]))
        .mapToObj(place ->
            new ResultRow.CellPoint(
                variant, repetition + 1, series.labels()[place], measure, values[place]));
  }

  /** How diverse the batches of each variant were: the mean over batches, then over seeds. */
  static Table<ResultRow.Diversity> diversity(Results results) {
    return Table.of(
        ResultRow.Diversity.class,
        results.variants().stream()
            .flatMap(variant ->
                results.of(variant).values().stream()
                    .flatMap(series -> series.diversity().keySet().stream())
                    .distinct()
                    .map(name -> diversity(variant, name, results))));
  }

  private static ResultRow.Diversity diversity(Variant variant, String name, Results results) {
    return ResultRow.Diversity.of(
        variant,
        name,
        results.of(variant).values().stream()
            .map(series -> series.diversity().get(name))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  /** How each variant differs from RANDOM with the same seeds, at each label count and overall. */
  static Table<ResultRow.Difference> differences(Results results, TableQuery query) {
    return Table.of(
        ResultRow.Difference.class,
        each(
            results,
            query.measures(results),
            (variant, measure) ->
                variant.strategy() == Strategy.RANDOM
                    ? Stream.empty()
                    : differences(variant, measure, results.paired(variant, measure))));
  }

  private static Stream<ResultRow.Difference> differences(
      Variant variant, String measure, @Nullable PairedCurves curves) {
    if (curves == null) {
      return Stream.empty();
    }
    Stream<ResultRow.Difference> places =
        IntStream.range(0, curves.labels().length)
            .mapToObj(place ->
                ResultRow.Difference.of(
                    variant, curves.labels()[place], measure, curves.difference(place)));
    return Stream.concat(
        places, Stream.of(ResultRow.Difference.of(variant, null, measure, curves.area())));
  }

  /** The labels that each variant needs, against RANDOM's. */
  static Table<ResultRow.Ratio> ratios(Results results, TableQuery query) {
    Target target = query.target(results);
    return dear(
        ResultRow.Ratio.class,
        results,
        query,
        (variant, measure) ->
            ResultRow.Ratio.of(variant, measure, there(results.ratio(variant, measure, target))));
  }

  /** What it costs each variant to reach the target. */
  static Table<ResultRow.Cost> costs(Results results, TableQuery query) {
    Target target = query.target(results);
    return dear(
        ResultRow.Cost.class,
        results,
        query,
        (variant, measure) ->
            CostEstimate.of(
                variant,
                measure,
                LabelRatio.target(
                    there(results.paired(variant, measure)).random(), measure, target),
                results));
  }

  /** A row for each variant and measure of which there is something. */
  private static <R extends Record> Table<R> dear(
      Class<R> type, Results results, TableQuery query, BiFunction<Variant, String, R> maker) {
    return new Table<>(
        type,
        true,
        each(
            results,
            query.targetMeasures(results),
            (variant, measure) ->
                results.paired(variant, measure) == null
                    ? Stream.<Supplier<R>>empty()
                    : Stream.of(() -> maker.apply(variant, measure))));
  }

  private static <T> T there(@Nullable T found) {
    return Objects.requireNonNull(found);
  }

  /** How good each variant gets, and how fast, along one dimension of the grid. */
  static Table<ResultRow.Ablation> ablations(Results results, TableQuery query) {
    Axis axis = query.axis();
    List<Supplier<ResultRow.Ablation>> rows = new ArrayList<>();
    for (String measure : query.targetMeasures(results)) {
      Ablation ablation = Ablation.of(results, measure, query.target(results));
      for (Variant variant : ablation.along(axis)) {
        rows.add(() -> ablation.row(variant));
      }
    }
    return new Table<>(ResultRow.Ablation.class, true, rows.stream());
  }
}
