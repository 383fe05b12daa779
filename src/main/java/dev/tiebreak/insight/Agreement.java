package dev.tiebreak.insight;

import dev.tiebreak.evaluation.Coin;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How far annotators agree on comparisons that two or more of them answered. Categories are the
 * response uploaded earlier, the other one, a tie, both bad: by the pair, whichever stood left.
 * Skips are missing data.
 *
 * @param comparisons answered by two or more
 * @param verdicts on them
 * @param alpha Krippendorff's α; null where there is no such comparison, or only one category
 * @param raw the share of agreeing pairs of annotators, comparisons weighing the same; null where
 *     there is no such comparison
 */
record Agreement(
    long comparisons, long verdicts, @Nullable Interval alpha, @Nullable Interval raw) {

  private static final int DRAWS = 1000;
  private static final int LEAST_RANK = 24;

  /**
   * Computes it. Intervals are by the Bayesian bootstrap over comparisons (Rubin, The Bayesian
   * bootstrap, Annals of Statistics 9, 1981): in each of 1,000 draws every comparison gets a weight
   * from the standard exponential distribution; the 2.5th and 97.5th percentiles count. The weights
   * of n comparisons that were answered alike add up to one draw from Gamma(n), so that it costs
   * the same for millions. Null ends of fewer than five comparisons.
   *
   * @param units comparisons by their answers; those with one answer play no part
   * @param seed of the draws
   */
  static Agreement of(List<JudgedUnits> units, long seed) {
    List<JudgedUnits> several =
        units.stream().filter(unit -> unit.annotators() > 1 && unit.comparisons() > 0).toList();
    double[] weights = several.stream().mapToDouble(JudgedUnits::comparisons).toArray();
    long comparisons = several.stream().mapToLong(JudgedUnits::comparisons).sum();
    long verdicts =
        several.stream().mapToLong(unit -> unit.comparisons() * unit.annotators()).sum();
    double[] alphas = new double[DRAWS];
    double[] raws = new double[DRAWS];
    SplittableRandom random = new SplittableRandom(Coin.mix(seed));
    for (int draw = 0; draw < DRAWS; draw++) {
      double[] drawn = drawn(weights, random);
      alphas[draw] = alpha(several, drawn);
      raws[draw] = raw(several, drawn);
    }
    return new Agreement(
        comparisons,
        verdicts,
        interval(alpha(several, weights), alphas, comparisons),
        interval(raw(several, weights), raws, comparisons));
  }

  /**
   * Krippendorff's α for nominal data (Krippendorff, Computing Krippendorff's alpha-reliability,
   * 2011): α = 1 − D_o/D_e with the coincidences o_ck = Σ_u n_uc (n_uk − [c = k]) / (m_u − 1), n_c
   * = Σ_k o_ck, n = Σ_c n_c, D_o = Σ_{c≠k} o_ck / n, D_e = Σ_{c≠k} n_c n_k / (n (n − 1)).
   *
   * @param weights of the units, how often each is there
   * @return NaN where D_e = 0
   */
  static double alpha(List<JudgedUnits> units, double[] weights) {
    double[] totals = new double[units.isEmpty() ? 0 : units.getFirst().answers().length];
    double agreeing = 0;
    for (int u = 0; u < weights.length; u++) {
      JudgedUnits unit = units.get(u);
      agreeing += weights[u] * unit.agreeing() / (unit.annotators() - 1);
      for (int c = 0; c < totals.length; c++) {
        totals[c] += weights[u] * unit.answers()[c];
      }
    }
    double n = Arrays.stream(totals).sum();
    double squares = Arrays.stream(totals).map(total -> total * total).sum();
    double expected = (n * n - squares) / (n - 1);
    return expected > 0 ? 1 - (n - agreeing) / expected : Double.NaN;
  }

  private static double raw(List<JudgedUnits> units, double[] weights) {
    double agreeing = 0;
    for (int u = 0; u < weights.length; u++) {
      long annotators = units.get(u).annotators();
      agreeing += weights[u] * units.get(u).agreeing() / (annotators * (annotators - 1));
    }
    return agreeing / Arrays.stream(weights).sum();
  }

  private static @Nullable Interval interval(double value, double[] draws, long comparisons) {
    if (Double.isNaN(value)) {
      return null;
    }
    double[] sorted = Arrays.stream(draws).sorted().toArray();
    if (comparisons < 5 || Double.isNaN(sorted[DRAWS - 1])) {
      return new Interval(value, null, null);
    }
    return new Interval(value, sorted[LEAST_RANK], sorted[DRAWS - 1 - LEAST_RANK]);
  }

  /** New weights that add up to the same. */
  private static double[] drawn(double[] weights, SplittableRandom random) {
    double[] drawn = Arrays.stream(weights).map(n -> gamma(n, random)).toArray();
    double factor = Arrays.stream(weights).sum() / Arrays.stream(drawn).sum();
    return Arrays.stream(drawn).map(weight -> weight * factor).toArray();
  }

  /**
   * A draw from Gamma(shape, 1), by Marsaglia and Tsang, A simple method for generating gamma
   * variables, ACM TOMS 26, 2000.
   *
   * @param shape 1 or more
   */
  static double gamma(double shape, SplittableRandom random) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = 1 + c * x;
      if (v > 0) {
        double cube = v * v * v;
        double u = 1 - random.nextDouble();
        if (Math.log(u) < 0.5 * x * x + d - d * cube + d * Math.log(cube)) {
          return d * cube;
        }
      }
    }
  }
}
