package dev.tiebreak.replay;

import dev.tiebreak.evaluation.MeanWithError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Curves of a strategy and of RANDOM, of the same repetitions at the same label counts.
 *
 * @param strategy a row a repetition
 * @param random likewise
 */
record PairedCurves(Curves strategy, Curves random) {

  /** Of the repetitions that both have done; null where nothing is common to all of them. */
  static @Nullable PairedCurves of(
      SortedMap<Integer, Series> strategy, SortedMap<Integer, Series> random, String measure) {
    List<Series> ours = new ArrayList<>();
    List<Series> theirs = new ArrayList<>();
    strategy.forEach((repetition, series) -> {
      Series other = random.get(repetition);
      if (other != null) {
        ours.add(series);
        theirs.add(other);
      }
    });
    SortedSet<Integer> common =
        Curves.common(Stream.concat(ours.stream(), theirs.stream()).toList(), measure);
    return common.isEmpty()
        ? null
        : new PairedCurves(Curves.at(common, ours, measure), Curves.at(common, theirs, measure));
  }

  /** The label counts, rising. */
  int[] labels() {
    return strategy.labels();
  }

  /** The number of repetitions. */
  int repetitions() {
    return strategy.repetitions();
  }

  /** Strategy less RANDOM at a place of the labels, over repetitions. */
  MeanWithError difference(int place) {
    double[] differences = new double[repetitions()];
    Arrays.setAll(differences, i -> strategy.values()[i][place] - random.values()[i][place]);
    return MeanWithError.of(differences);
  }

  /** Strategy less RANDOM, the mean over all label counts, over repetitions. */
  MeanWithError area() {
    double[] areas = new double[repetitions()];
    int places = labels().length;
    for (int i = 0; i < areas.length; i++) {
      for (int place = 0; place < places; place++) {
        areas[i] += (strategy.values()[i][place] - random.values()[i][place]) / places;
      }
    }
    return MeanWithError.of(areas);
  }
}
