package dev.tiebreak.replay;

import dev.tiebreak.evaluation.Coin;
import dev.tiebreak.evaluation.MeanWithError;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How many times as many labels RANDOM needs to reach a target as a strategy does.
 *
 * <p>Labels are counted on the mean curve over repetitions: to the first point at which it is as
 * good as the target, linearly interpolated from the best before it; one that is good enough at its
 * first point has needed that point's labels. The interval is a percentile bootstrap: repetitions
 * are drawn with replacement, the same for both, and target and labels computed anew.
 *
 * <p>A draw in which the strategy does not reach the target counts as a ratio of 0, and one in
 * which RANDOM alone does not as if RANDOM did at its last point: both make the strategy look
 * worse. Source: Efron, Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.
 *
 * @param target the value that is to be reached
 * @param labels of the strategy; null where it never gets there
 * @param randomLabels likewise of RANDOM
 * @param ratio randomLabels / labels; null unless both get there
 * @param lower the 2.5th percentile; null of fewer than two repetitions
 * @param upper the 97.5th percentile
 * @param reached the share of draws in which the strategy gets there
 * @param repetitions that it is made of
 */
record LabelRatio(
    double target,
    @Nullable Double labels,
    @Nullable Double randomLabels,
    @Nullable Double ratio,
    @Nullable Double lower,
    @Nullable Double upper,
    double reached,
    int repetitions) {

  static final int DRAWS = 2000;
  private static final double TAIL = 0.025;

  /**
   * Of curves of a measure.
   *
   * @param seed of the bootstrap
   */
  static LabelRatio of(PairedCurves curves, String measure, Target wanted, long seed) {
    boolean falls = Measure.falls(measure);
    int n = curves.repetitions();
    int[] all = IntStream.range(0, n).toArray();
    double target = target(curves, measure, wanted);
    Double labels = labels(curves.labels(), mean(curves.strategy(), all), target, falls);
    Double random = labels(curves.labels(), mean(curves.random(), all), target, falls);
    Double ratio = labels == null || random == null ? null : (Double) (random / labels);
    double[] draws = n < 2 ? new double[0] : draws(curves, falls, wanted, seed);
    return new LabelRatio(
        target,
        labels,
        random,
        ratio,
        percentile(draws, TAIL),
        percentile(draws, 1 - TAIL),
        n < 2 ? (labels == null ? 0 : 1) : (double) above(draws) / draws.length,
        n);
  }

  /** What is to be reached, of all repetitions. */
  static double target(PairedCurves curves, String measure, Target wanted) {
    int[] all = IntStream.range(0, curves.repetitions()).toArray();
    return target(curves, all, Measure.falls(measure), wanted);
  }

  private static long above(double[] draws) {
    return Arrays.stream(draws).filter(draw -> draw > 0).count();
  }

  /** Ratios of resampled repetitions, ascending. */
  private static double[] draws(PairedCurves curves, boolean falls, Target wanted, long seed) {
    Random random = new Random(Coin.mix(seed));
    int n = curves.repetitions();
    int last = curves.labels()[curves.labels().length - 1];
    double[] ratios = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      int[] chosen = random.ints(n, 0, n).toArray();
      double target = target(curves, chosen, falls, wanted);
      Double labels = labels(curves.labels(), mean(curves.strategy(), chosen), target, falls);
      Double other = labels(curves.labels(), mean(curves.random(), chosen), target, falls);
      ratios[draw] = labels == null ? 0 : (other == null ? last : other) / labels;
    }
    Arrays.sort(ratios);
    return ratios;
  }

  /** By nearest rank, so that a 0 is never mixed with a ratio. */
  private static @Nullable Double percentile(double[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted.length == 0 ? null : (Double) sorted[Math.max(1, rank) - 1];
  }

  private static double target(PairedCurves curves, int[] chosen, boolean falls, Target wanted) {
    Double given = wanted.value();
    if (given != null) {
      return given;
    }
    int last = curves.labels().length - 1;
    MeanWithError end =
        MeanWithError.of(
            Arrays.stream(chosen).mapToDouble(i -> curves.random()[i][last]).toArray());
    double slack =
        Double.isNaN(end.standardError()) ? 0 : wanted.standardErrors() * end.standardError();
    return falls ? end.mean() + slack : end.mean() - slack;
  }

  private static double[] mean(double[][] curves, int[] chosen) {
    double[] mean = new double[curves[0].length];
    Arrays.setAll(
        mean,
        point -> Arrays.stream(chosen).mapToDouble(i -> curves[i][point]).sum() / chosen.length);
    return mean;
  }

  /**
   * The labels to a target, interpolated; null where no point is as good.
   *
   * @param labels rising
   * @param curve a value at each
   */
  static @Nullable Double labels(int[] labels, double[] curve, double target, boolean falls) {
    double sign = falls ? -1 : 1;
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < curve.length; i++) {
      double value = sign * curve[i];
      if (value >= sign * target) {
        double share = i == 0 ? 1 : (sign * target - best) / (value - best);
        return i == 0 ? labels[0] : labels[i - 1] + share * (labels[i] - labels[i - 1]);
      }
      best = Math.max(best, value);
    }
    return null;
  }
}
