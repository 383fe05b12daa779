package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import dev.tiebreak.evaluation.MeanWithError;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a measure when one dimension of the grid changes: its last value, the mean height
 * of its curve, and the labels to a target. All variants are held to the same: the height is taken
 * between the label counts that all curves have in common, as smaller batches begin earlier; the
 * target is, unless it is given, the easiest of what RANDOM ends at in the variants.
 */
final class Ablation {

  private final Results results;
  private final String measure;
  private final @Nullable Double target;
  private final int from;
  private final int to;
  private final Map<Variant, Curves> curves;

  private Ablation(
      Results results, String measure, @Nullable Double target, Map<Variant, Curves> curves) {
    this.results = results;
    this.measure = measure;
    this.target = target;
    this.curves = curves;
    this.from = curves.values().stream().mapToInt(of -> of.labels()[0]).max().orElse(0);
    this.to = curves.values().stream().mapToInt(Ablation::last).min().orElse(0);
  }

  private static int last(Curves curves) {
    return curves.labels()[curves.labels().length - 1];
  }

  /** Of a measure of quality. */
  static Ablation of(Results results, String measure, Target wanted) {
    Map<Variant, Curves> curves = new LinkedHashMap<>();
    for (Variant variant : results.variants()) {
      Curves found = results.curves(variant, measure);
      if (found != null) {
        curves.put(variant, found);
      }
    }
    Comparator<Double> easier = Comparator.naturalOrder();
    Stream<Double> ends =
        curves.entrySet().stream()
            .filter(entry -> entry.getKey().strategy() == Strategy.RANDOM)
            .map(entry -> LabelRatio.target(entry.getValue(), measure, wanted));
    Double target =
        ends.max(Measure.falls(measure) ? easier : easier.reversed()).orElse(wanted.value());
    return new Ablation(results, measure, target, curves);
  }

  /** The variants that have a curve, those side by side that differ only in one dimension. */
  List<Variant> along(Axis axis) {
    ReplaySettings settings = results.settings();
    Map<String, Integer> titles = new LinkedHashMap<>();
    curves.keySet().forEach(of -> titles.putIfAbsent(title(of, axis), titles.size()));
    return curves.keySet().stream()
        .sorted(
            Comparator.<Variant>comparingInt(of -> titles.getOrDefault(title(of, axis), 0))
                .thenComparingInt(of -> settings.strategies().indexOf(of.strategy()))
                .thenComparingLong(of -> axis.place(settings, of)))
        .toList();
  }

  private String title(Variant variant, Axis axis) {
    return Axis.title(results.settings(), variant, axis);
  }

  /** A variant's row; one of {@link #along}. */
  ResultRow.Ablation row(Variant variant) {
    Curves of = curves.get(variant);
    if (of == null) {
      throw new IllegalArgumentException(variant + " has no curve");
    }
    boolean falls = Measure.falls(measure);
    Double labels =
        target == null
            ? null
            : LabelRatio.labels(of, Bootstrap.all(of.repetitions()), target, falls);
    double[] draws = target == null ? new double[0] : draws(of, target, falls);
    return ResultRow.Ablation.of(
        variant,
        measure,
        last(of),
        of.at(of.labels().length - 1),
        from,
        to,
        MeanWithError.of(Arrays.stream(of.values()).mapToDouble(c -> height(of, c)).toArray()),
        new ResultRow.LabelsToTarget(target, labels, deviation(draws), reached(draws, labels)));
  }

  /** Labels of resampled repetitions; NaN where the target is not reached; none of one. */
  private double[] draws(Curves of, double to, boolean falls) {
    return of.repetitions() < 2
        ? new double[0]
        : Bootstrap.draw(
            of.repetitions(),
            results.settings().seed(),
            chosen -> {
              Double labels = LabelRatio.labels(of, chosen, to, falls);
              return labels == null ? Double.NaN : labels;
            });
  }

  private static double reached(double[] draws, @Nullable Double labels) {
    return Arrays.stream(draws)
        .map(draw -> Double.isNaN(draw) ? 0 : 1)
        .average()
        .orElse(labels == null ? 0 : 1);
  }

  /** The standard deviation; null where a draw has no value. */
  private static @Nullable Double deviation(double[] draws) {
    if (draws.length == 0 || Arrays.stream(draws).anyMatch(Double::isNaN)) {
      return null;
    }
    MeanWithError mean = MeanWithError.of(draws);
    return mean.standardError() * Math.sqrt(draws.length);
  }

  /** The mean height of a curve between two label counts, linear between its points. */
  private double height(Curves of, double[] curve) {
    return meanHeight(of.labels(), curve, from, to);
  }

  static double meanHeight(int[] labels, double[] curve, double from, double to) {
    double area = 0;
    for (int i = 1; i < labels.length; i++) {
      double left = Math.max(from, labels[i - 1]);
      double right = Math.min(to, labels[i]);
      if (right > left) {
        area += (right - left) * (at(labels, curve, i, left) + at(labels, curve, i, right)) / 2;
      }
    }
    if (to > from) {
      return area / (to - from);
    }
    int place = Arrays.binarySearch(labels, (int) to);
    return place >= 0 ? curve[place] : Double.NaN;
  }

  /** On the line between a point and the one before it. */
  private static double at(int[] labels, double[] curve, int i, double count) {
    double share = (count - labels[i - 1]) / (labels[i] - labels[i - 1]);
    return (1 - share) * curve[i - 1] + share * curve[i];
  }
}
