package dev.tiebreak.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Spearman's rank correlation, ties sharing their average rank. */
public final class Spearman {

  private Spearman() {}

  /**
   * ρ = the Pearson correlation of the ranks, in [−1, 1]; NaN where either side is constant. O(n
   * log n).
   *
   * @param x n numbers
   * @param y n numbers
   */
  public static double correlation(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException("lengths differ: " + x.length + ", " + y.length);
    }
    double[] rankX = ranks(x);
    double[] rankY = ranks(y);
    double mean = (x.length + 1) / 2.0;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (rankX[i] - mean) * (rankY[i] - mean);
      xx += (rankX[i] - mean) * (rankX[i] - mean);
      yy += (rankY[i] - mean) * (rankY[i] - mean);
    }
    return xx == 0 || yy == 0 ? Double.NaN : xy / Math.sqrt(xx * yy);
  }

  /** Ranks from 1; equal values share the mean of the ranks they would take. */
  static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    int start = 0;
    while (start < order.length) {
      int end = start + 1;
      while (end < order.length && values[order[end]] == values[order[start]]) {
        end++;
      }
      double rank = (start + 1 + end) / 2.0;
      Arrays.stream(order, start, end).forEach(i -> ranks[i] = rank);
      start = end;
    }
    return ranks;
  }
}
