package dev.tiebreak.replay;

import dev.tiebreak.evaluation.MeanWithError;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Curves of one measure at the label counts that all of them have.
 *
 * @param labels rising
 * @param values a row a repetition, a column a label count
 */
record Curves(int[] labels, double[][] values) {

  /** Null where nothing is common to all of them. */
  static @Nullable Curves of(List<Series> all, String measure) {
    SortedSet<Integer> common = common(all, measure);
    return common.isEmpty() ? null : at(common, all, measure);
  }

  /** The label counts at which all of them have the measure. */
  static SortedSet<Integer> common(List<Series> all, String measure) {
    SortedSet<Integer> common = new TreeSet<>();
    for (int i = 0; i < all.size(); i++) {
      SortedSet<Integer> counts = counts(all.get(i), measure);
      if (i == 0) {
        common.addAll(counts);
      } else {
        common.retainAll(counts);
      }
    }
    return common;
  }

  private static SortedSet<Integer> counts(Series series, String measure) {
    double[] values = series.values(measure);
    SortedSet<Integer> counts = new TreeSet<>();
    for (int place = 0; place < values.length; place++) {
      if (!Double.isNaN(values[place])) {
        counts.add(series.labels()[place]);
      }
    }
    return counts;
  }

  /** The curves at label counts that all of them have. */
  static Curves at(SortedSet<Integer> counts, List<Series> all, String measure) {
    int[] labels = counts.stream().mapToInt(Integer::intValue).toArray();
    return new Curves(
        labels,
        all.stream()
            .map(series -> {
              double[] values = series.values(measure);
              return Arrays.stream(labels).mapToDouble(n -> values[series.place(n)]).toArray();
            })
            .toArray(double[][]::new));
  }

  /** The number of repetitions. */
  int repetitions() {
    return values.length;
  }

  /** The mean at a place of the labels. */
  MeanWithError at(int place) {
    return MeanWithError.of(Arrays.stream(values).mapToDouble(curve -> curve[place]).toArray());
  }

  /** The mean curve of some repetitions, of which one may be named more than once. */
  double[] mean(int[] chosen) {
    double[] mean = new double[labels.length];
    for (int repetition : chosen) {
      double[] curve = values[repetition];
      for (int place = 0; place < mean.length; place++) {
        mean[place] += curve[place];
      }
    }
    for (int place = 0; place < mean.length; place++) {
      mean[place] /= chosen.length;
    }
    return mean;
  }
}
