package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;

/**
 * Clusters of the candidates' differences x, by k-means: centres by k-means++, then at most {@value
 * #STEPS} steps of Lloyd's. All candidates are clustered where they are at most {@value #MOST} (and
 * at most 2²³ / m), else a uniform sample of so many, whose cluster sizes are scaled up to all.
 *
 * <p>Source: Arthur and Vassilvitskii, k-means++, SODA 2007. Cost: {@value #STEPS} times the
 * clustered differences times m times the centres; memory 64 MiB at most.
 *
 * @param centres at most as many as asked for, m numbers each
 * @param sizes the candidates in each cluster, estimated where a sample was clustered; sum |C|
 */
record DifferenceClusters(double[][] centres, double[] sizes) {

  private static final int STEPS = 10;
  private static final int MOST = 20_000;
  private static final int NUMBERS = 1 << 23;

  /** Clusters the candidates; their number is at least 1. */
  static DifferenceClusters of(DesignState state, int count) {
    Matrix features = state.centred();
    long candidates = state.candidates().count();
    int most = Math.max(count, Math.min(MOST, NUMBERS / Math.max(1, features.columns())));
    int size = (int) Math.min(candidates, most);
    long[] sample =
        size == candidates
            ? all(state.candidates())
            : new UniformDraws(state.candidates(), state.uniform()).next(size);
    double[][] points = new double[size][];
    for (int i = 0; i < size; i++) {
      points[i] =
          PairInformation.difference(features, PairSet.first(sample[i]), PairSet.second(sample[i]));
    }
    double[][] centres = firstCentres(points, Math.min(count, size), state.uniform());
    int[] nearest = new int[size];
    Arrays.fill(nearest, -1);
    for (int step = 0; step < STEPS && assign(points, centres, nearest); step++) {
      move(points, centres, nearest);
    }
    assign(points, centres, nearest);
    double[] sizes = new double[centres.length];
    for (int cluster : nearest) {
      sizes[cluster] += (double) candidates / size;
    }
    return new DifferenceClusters(centres, sizes);
  }

  private static long[] all(CandidateSet candidates) {
    long[] all = new long[(int) candidates.count()];
    Arrays.setAll(all, candidates::pairAt);
    return all;
  }

  /** Each next centre is a point drawn with its squared distance from the nearest as weight. */
  private static double[][] firstCentres(double[][] points, int count, Uniform uniform) {
    double[][] centres = new double[count][];
    centres[0] = points[(int) uniform.below(points.length)].clone();
    double[] distances = new double[points.length];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    for (int k = 1; k < count; k++) {
      double sum = 0;
      for (int i = 0; i < points.length; i++) {
        distances[i] = Math.min(distances[i], squaredDistance(points[i], centres[k - 1]));
        sum += distances[i];
      }
      double left = uniform.unit() * sum;
      int drawn = 0;
      while (drawn < points.length - 1 && left >= distances[drawn]) {
        left -= distances[drawn++];
      }
      centres[k] = points[drawn].clone();
    }
    return centres;
  }

  /** Whether any point changed its cluster; ties go to the earlier centre. */
  private static boolean assign(double[][] points, double[][] centres, int[] nearest) {
    boolean changed = false;
    for (int i = 0; i < points.length; i++) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < centres.length; k++) {
        double distance = squaredDistance(points[i], centres[k]);
        if (distance < least) {
          best = k;
          least = distance;
        }
      }
      changed |= nearest[i] != best;
      nearest[i] = best;
    }
    return changed;
  }

  /** Each centre becomes the mean of its points; one without points stays. */
  private static void move(double[][] points, double[][] centres, int[] nearest) {
    int[] counts = new int[centres.length];
    for (int cluster : nearest) {
      if (counts[cluster]++ == 0) {
        Arrays.fill(centres[cluster], 0);
      }
    }
    for (int i = 0; i < points.length; i++) {
      double[] centre = centres[nearest[i]];
      for (int j = 0; j < centre.length; j++) {
        centre[j] += points[i][j] / counts[nearest[i]];
      }
    }
  }

  static double squaredDistance(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      double t = x[j] - y[j];
      sum = Math.fma(t, t, sum);
    }
    return sum;
  }
}
