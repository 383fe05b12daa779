package dev.tiebreak.linalg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Brings what a library decomposed into the order and the signs of {@link SymmetricEigen}. */
final class EigenOrder {

  /** Vectors at a time, so that columns are written in whole cache lines. */
  private static final int STRIP = 16;

  /** Copies eigenvector j, d numbers. */
  @FunctionalInterface
  interface Vectors {
    void load(int j, double[] into);
  }

  private EigenOrder() {}

  /**
   * The power of two just below the largest magnitude of the lower triangle, 0 where all are 0:
   * dividing by it is exact and keeps absolute thresholds of libraries out of the way.
   *
   * @throws IllegalArgumentException if a number is not finite
   */
  static double unit(Matrix a) {
    int d = a.rows();
    double largest = 0;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        largest = Math.max(largest, Math.abs(a.values()[i * d + j])); // Math.max keeps NaN
      }
    }
    if (!Double.isFinite(largest)) {
      throw new IllegalArgumentException("a number of the " + d + " × " + d + " is not finite");
    }
    return largest == 0
        ? 0
        : Math.scalb(1.0, Math.max(Math.getExponent(largest), Double.MIN_EXPONENT));
  }

  /** The decomposition of 0. */
  static SymmetricEigen zero(int d) {
    return new SymmetricEigen(new double[d], Matrix.scaledIdentity(d, 1));
  }

  /**
   * Sorts.
   *
   * @param unsorted d eigenvalues, divided by {@code unit}
   */
  static SymmetricEigen of(double[] unsorted, double unit, Vectors vectors) {
    int d = unsorted.length;
    int[] order =
        IntStream.range(0, d)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -unsorted[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = Arrays.stream(order).mapToDouble(j -> unsorted[j] * unit).toArray();
    Matrix sorted = Matrix.zeros(d, d);
    double[][] strip = new double[STRIP][d];
    for (int start = 0; start < d; start += STRIP) {
      int count = Math.min(STRIP, d - start);
      for (int j = 0; j < count; j++) {
        vectors.load(order[start + j], strip[j]);
        orient(strip[j]);
      }
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < count; j++) {
          sorted.values()[i * d + start + j] = strip[j][i];
        }
      }
    }
    return new SymmetricEigen(values, sorted);
  }

  /** Makes the largest entry by magnitude positive; the first of equals decides. */
  private static void orient(double[] vector) {
    double largest = 0;
    for (double value : vector) {
      if (Math.abs(value) > Math.abs(largest)) {
        largest = value;
      }
    }
    if (largest < 0) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = -vector[i];
      }
    }
  }
}
