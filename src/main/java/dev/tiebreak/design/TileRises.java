package dev.tiebreak.design;

import java.util.Arrays;

/**
 * Bounds of −2 a β over the pairs of two buckets, where a and β are differences of values by
 * position: −2 a β ≤ (ρ a − β)² / (2 ρ) for every slope ρ &gt; 0, and the range of ρ a − β in each
 * bucket bounds its differences. The least over three slopes about the regression of β on a.
 *
 * <p>Cost: O(n) to make, O(1) to ask.
 */
final class TileRises {

  private static final double[] FACTORS = {0.5, 1, 2};

  private static final int MIDDLE = 1;

  private final double[] slopes;
  private final double[][] least;
  private final double[][] most;

  /** The greatest difference of two values of a bucket whose rows may be paired. */
  private final double[][] within;

  private double[] values = {};

  private TileRises(double[] slopes, int buckets) {
    this.slopes = slopes;
    this.least = new double[slopes.length][buckets];
    this.most = new double[slopes.length][buckets];
    this.within = new double[slopes.length][buckets];
  }

  static TileRises of(Tiling tiling, double[] a, double[] beta) {
    double slope = slope(a, beta);
    double[] slopes = Arrays.stream(FACTORS).map(factor -> factor * slope).toArray();
    TileRises rises = new TileRises(slopes, tiling.buckets());
    for (int i = 0; i < slopes.length; i++) {
      double[] values = new double[a.length];
      for (int j = 0; j < values.length; j++) {
        values[j] = slopes[i] * a[j] - beta[j];
      }
      rises.values = i == MIDDLE ? values : rises.values;
      for (int bucket = 0; bucket < tiling.buckets(); bucket++) {
        rises.range(tiling, bucket, i, values);
      }
    }
    return rises;
  }

  private void range(Tiling tiling, int bucket, int slope, double[] values) {
    least[slope][bucket] = Double.POSITIVE_INFINITY;
    most[slope][bucket] = Double.NEGATIVE_INFINITY;
    for (int from = tiling.start(bucket), to; from < tiling.end(bucket); from = to) {
      to = Math.min(tiling.groupEnd(from), tiling.end(bucket));
      double low = values[from];
      double high = low;
      for (int j = from + 1; j < to; j++) {
        low = Math.min(low, values[j]);
        high = Math.max(high, values[j]);
      }
      within[slope][bucket] = Math.max(within[slope][bucket], high - low);
      least[slope][bucket] = Math.min(least[slope][bucket], low);
      most[slope][bucket] = Math.max(most[slope][bucket], high);
    }
  }

  /** No pair of a row of one bucket and a row of the other that may be paired has more −2 a β. */
  double most(int left, int right) {
    double bound = Double.POSITIVE_INFINITY;
    for (int i = 0; i < slopes.length; i++) {
      double range =
          left == right
              ? within[i][left]
              : Math.max(most[i][left] - least[i][right], most[i][right] - least[i][left]);
      bound = Math.min(bound, range * range / (2 * slopes[i]));
    }
    return bound;
  }

  /**
   * Adds scale · ε² / (2 ρ) by position, ε = ρ a − β less its mean. Where so much was added to W_i
   * and W_j by a number of these, Σ scale (−2 a β) ≤ (√W_i + √W_j)², by the triangle inequality.
   */
  void addSquares(double scale, double[] sums) {
    double mean = Arrays.stream(values).average().orElse(0);
    double by = scale / (2 * slopes[MIDDLE]);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += by * (values[i] - mean) * (values[i] - mean);
    }
  }

  /** Σ (a − ā)(β − β̄) / Σ (a − ā)², or a positive number where that is not. */
  private static double slope(double[] a, double[] beta) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanBeta = Arrays.stream(beta).average().orElse(0);
    double cross = 0;
    double squareA = 0;
    double squareBeta = 0;
    for (int i = 0; i < a.length; i++) {
      cross += (a[i] - meanA) * (beta[i] - meanBeta);
      squareA += (a[i] - meanA) * (a[i] - meanA);
      squareBeta += (beta[i] - meanBeta) * (beta[i] - meanBeta);
    }
    double slope = cross > 0 ? cross / squareA : Math.sqrt(squareBeta / squareA);
    return slope > 0 && slope < Double.POSITIVE_INFINITY ? slope : 1;
  }
}
