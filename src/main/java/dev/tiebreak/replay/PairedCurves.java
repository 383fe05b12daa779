package dev.tiebreak.replay;

import dev.tiebreak.evaluation.MeanWithError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Curves of a strategy and of RANDOM, of the same repetitions at the same label counts.
 *
 * @param labels rising
 * @param strategy a row a repetition, a column a label count
 * @param random likewise
 */
record PairedCurves(int[] labels, double[][] strategy, double[][] random) {

  /** Of the repetitions that both have done; null where nothing is common to all of them. */
  static @Nullable PairedCurves of(
      SortedMap<Integer, CellResult> strategy,
      SortedMap<Integer, CellResult> random,
      String measure) {
    List<CellResult> ours = new ArrayList<>();
    List<CellResult> theirs = new ArrayList<>();
    strategy.forEach((repetition, result) -> {
      CellResult other = random.get(repetition);
      if (other != null) {
        ours.add(result);
        theirs.add(other);
      }
    });
    SortedSet<Integer> common = new TreeSet<>();
    boolean first = true;
    for (List<CellResult> results : List.of(ours, theirs)) {
      for (CellResult result : results) {
        SortedSet<Integer> counts = labels(result, measure);
        if (first) {
          common.addAll(counts);
          first = false;
        } else {
          common.retainAll(counts);
        }
      }
    }
    if (common.isEmpty()) {
      return null;
    }
    int[] labels = common.stream().mapToInt(Integer::intValue).toArray();
    return new PairedCurves(labels, values(ours, common, measure), values(theirs, common, measure));
  }

  private static SortedSet<Integer> labels(CellResult result, String measure) {
    SortedSet<Integer> labels = new TreeSet<>();
    for (Point point : result.points()) {
      if (point.measures().containsKey(measure)) {
        labels.add(point.labels());
      }
    }
    return labels;
  }

  private static double[][] values(
      List<CellResult> results, SortedSet<Integer> labels, String measure) {
    return results.stream()
        .map(result ->
            result.points().stream()
                .filter(point -> labels.contains(point.labels()))
                .mapToDouble(point -> point.measures().getOrDefault(measure, Double.NaN))
                .toArray())
        .toArray(double[][]::new);
  }

  /** Strategy less RANDOM at a place of the labels, over repetitions. */
  MeanWithError difference(int place) {
    double[] differences = new double[repetitions()];
    Arrays.setAll(differences, i -> strategy[i][place] - random[i][place]);
    return MeanWithError.of(differences);
  }

  /** Strategy less RANDOM, the mean over all label counts, over repetitions. */
  MeanWithError area() {
    double[] areas = new double[repetitions()];
    for (int i = 0; i < areas.length; i++) {
      for (int place = 0; place < labels.length; place++) {
        areas[i] += (strategy[i][place] - random[i][place]) / labels.length;
      }
    }
    return MeanWithError.of(areas);
  }

  /** The number of repetitions. */
  int repetitions() {
    return strategy.length;
  }
}
