package dev.tiebreak.replay;

import dev.tiebreak.evaluation.MeanWithError;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many times as many labels RANDOM needs to reach a target as a strategy does.
 *
 * <p>Labels are counted on the mean curve over repetitions: to the first point at which it is as
 * good as the target, linearly interpolated from the best before it; one that is good enough at its
 * first point has needed that point's labels. The interval is that of a percentile {@link
 * Bootstrap}: repetitions are drawn with replacement, the same for both, and target and labels
 * computed anew.
 *
 * <p>A draw in which the strategy does not reach the target counts as a ratio of 0, and one in
 * which RANDOM alone does not as if RANDOM did at its last point: both make the strategy look
 * worse.
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

  private static final double TAIL = 0.025;

  /**
   * Of curves of a measure.
   *
   * @param seed of the bootstrap
   */
  static LabelRatio of(PairedCurves curves, String measure, Target wanted, long seed) {
    boolean falls = Measure.falls(measure);
    int n = curves.repetitions();
    int[] all = Bootstrap.all(n);
    double target = target(curves.random(), all, falls, wanted);
    Double labels = labels(curves.strategy(), all, target, falls);
    Double random = labels(curves.random(), all, target, falls);
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
  static double target(Curves random, String measure, Target wanted) {
    return target(random, Bootstrap.all(random.repetitions()), Measure.falls(measure), wanted);
  }

  private static long above(double[] draws) {
    return Arrays.stream(draws).filter(draw -> draw > 0).count();
  }

  /** Ratios of resampled repetitions, ascending. */
  private static double[] draws(PairedCurves curves, boolean falls, Target wanted, long seed) {
    int last = curves.labels()[curves.labels().length - 1];
    double[] ratios =
        Bootstrap.draw(
            curves.repetitions(),
            seed,
            chosen -> {
              double target = target(curves.random(), chosen, falls, wanted);
              Double labels = labels(curves.strategy(), chosen, target, falls);
              Double other = labels(curves.random(), chosen, target, falls);
              return labels == null ? 0 : (other == null ? last : other) / labels;
            });
    Arrays.sort(ratios);
    return ratios;
  }

  /** By nearest rank, so that a 0 is never mixed with a ratio. */
  private static @Nullable Double percentile(double[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted.length == 0 ? null : (Double) sorted[Math.max(1, rank) - 1];
  }

  private static double target(Curves random, int[] chosen, boolean falls, Target wanted) {
    Double given = wanted.value();
    if (given != null) {
      return given;
    }
    int last = random.labels().length - 1;
    double[] ends = new double[chosen.length];
    Arrays.setAll(ends, i -> random.values()[chosen[i]][last]);
    MeanWithError end = MeanWithError.of(ends);
    double slack =
        Double.isNaN(end.standardError()) ? 0 : wanted.standardErrors() * end.standardError();
    return falls ? end.mean() + slack : end.mean() - slack;
  }

  /** The labels to a target on the mean curve of some repetitions; null where it is not reached. */
  static @Nullable Double labels(Curves curves, int[] chosen, double target, boolean falls) {
    return labels(curves.labels(), curves.mean(chosen), target, falls);
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
