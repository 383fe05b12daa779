package dev.tiebreak.preference;

import java.util.Arrays;

/**
 * Verdicts added up by unordered pair, pairs in ascending order of (a, b): the same verdicts give
 * the same arrays in whatever order and orientation they came, and so the same fit to the last bit.
 *
 * @param a the smaller row number of each pair
 * @param b the greater one
 * @param counts verdicts on the pair
 * @param wins the sum of the targets for a, of 0 to the count
 */
record PairCounts(int[] a, int[] b, double[] counts, double[] wins) {

  /** Odds above which 1 + odds keeps all that a sum of logarithms needs of them. */
  private static final double LEAST_ODDS = 1e-5;

  /** Where a product of factors of 1 to 2 is turned into a logarithm. */
  private static final double GREATEST_PRODUCT = 0x1p1000;

  /**
   * Adds up verdicts.
   *
   * @param rows n, the number of responses
   */
  static PairCounts of(Judgements judgements, int rows) {
    int n = judgements.size();
    int[] a = new int[n];
    int[] b = new int[n];
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      check(judgements, i, rows);
      a[i] = Math.min(judgements.a()[i], judgements.b()[i]);
      b[i] = Math.max(judgements.a()[i], judgements.b()[i]);
      order[i] = i;
    }
    order = sorted(sorted(order, b, rows), a, rows);
    double[] counts = new double[n];
    double[] wins = new double[n];
    int[] lesser = new int[n];
    int[] greater = new int[n];
    int last = -1;
    for (int i : order) {
      if (last < 0 || lesser[last] != a[i] || greater[last] != b[i]) {
        last++;
        lesser[last] = a[i];
        greater[last] = b[i];
      }
      double y = judgements.y()[i];
      counts[last]++;
      wins[last] += judgements.a()[i] <= judgements.b()[i] ? y : 1 - y;
    }
    int size = last + 1;
    return new PairCounts(
        Arrays.copyOf(lesser, size),
        Arrays.copyOf(greater, size),
        Arrays.copyOf(counts, size),
        Arrays.copyOf(wins, size));
  }

  /** Stable counting sort of an order by keys of 0 to {@code rows} − 1. */
  private static int[] sorted(int[] order, int[] keys, int rows) {
    int[] next = new int[rows + 1];
    for (int key : keys) {
      next[key + 1]++;
    }
    for (int row = 0; row < rows; row++) {
      next[row + 1] += next[row];
    }
    int[] sorted = new int[order.length];
    for (int i : order) {
      sorted[next[keys[i]]++] = i;
    }
    return sorted;
  }

  int size() {
    return counts.length;
  }

  /**
   * Σ_pairs [ wins log σ(t) + (count − wins) log σ(−t) ] with one exponential a pair: logarithms of
   * 1 + e^(−|t|) are taken of products of hundreds of them.
   *
   * @param t a logit for each pair
   * @param residuals becomes the derivative of the sum in each logit, negated
   */
  double logLikelihood(double[] t, double[] residuals) {
    double product = 1;
    double sum = 0;
    for (int i = 0; i < t.length; i++) {
      double count = counts[i];
      double odds = Math.exp(-Math.abs(t[i]));
      double losses = count - wins[i];
      double lesser = count * odds / (1 + odds);
      if (count == 1 && odds > LEAST_ODDS) {
        product *= 1 + odds;
        if (product > GREATEST_PRODUCT) {
          sum -= Math.log(product);
          product = 1;
        }
      } else {
        sum -= count * logOfOneMore(odds);
      }
      residuals[i] = t[i] >= 0 ? losses - lesser : lesser - wins[i];
      sum -= t[i] >= 0 ? losses * t[i] : -wins[i] * t[i];
    }
    return sum - Math.log(product);
  }

  /** log(1 + odds); below 1e-5 three terms of the series, as odds⁴ / 4 is less than rounding. */
  private static double logOfOneMore(double odds) {
    return odds > LEAST_ODDS ? Math.log1p(odds) : odds * (1 - odds * (1.0 / 2 - odds / 3));
  }

  private static void check(Judgements judgements, int i, int rows) {
    int a = judgements.a()[i];
    int b = judgements.b()[i];
    double y = judgements.y()[i];
    if (a < 0 || a >= rows || b < 0 || b >= rows) {
      throw new IllegalArgumentException(
          "verdict " + i + " compares rows " + a + " and " + b + " of " + rows);
    }
    if (!(y >= 0 && y <= 1)) {
      throw new IllegalArgumentException("verdict " + i + " has the target " + y);
    }
  }
}
