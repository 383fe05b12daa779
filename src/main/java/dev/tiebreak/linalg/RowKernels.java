package dev.tiebreak.linalg;

import java.util.Arrays;

/**
 * Loops over whole rows, in a form that the JIT compiler turns into vector instructions: one array
 * per row and the same index into each. An offset into a flat array would defeat that, so callers
 * copy rows out first. Every sum has one fixed order.
 */
final class RowKernels {

  private RowKernels() {}

  /** The rows of a matrix, one array each. */
  static double[][] rows(Matrix a) {
    double[][] rows = new double[a.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(a.values(), i * a.columns(), (i + 1) * a.columns());
    }
    return rows;
  }

  /** Copies row i of a into {@code row}. */
  static void load(Matrix a, int i, double[] row) {
    System.arraycopy(a.values(), i * a.columns(), row, 0, a.columns());
  }

  /** y[0..length) += s x[0..length). */
  static void axpy(double s, double[] x, double[] y, int length) {
    for (int j = 0; j < length; j++) {
      y[j] = Math.fma(s, x[j], y[j]);
    }
  }

  /** y[0..length) += s₀ x₀ + s₁ x₁ + s₂ x₂ + s₃ x₃: one pass over y for four rows. */
  static void axpy4(
      double s0,
      double[] x0,
      double s1,
      double[] x1,
      double s2,
      double[] x2,
      double s3,
      double[] x3,
      double[] y,
      int length) {
    for (int j = 0; j < length; j++) {
      y[j] =
          Math.fma(s3, x3[j], Math.fma(s2, x2[j], Math.fma(s1, x1[j], Math.fma(s0, x0[j], y[j]))));
    }
  }

  /**
   * y += Σ_i s[i] x[i] over the first {@code count} rows x, on the first {@code length} columns.
   */
  static void combine(double[] s, double[][] x, int count, double[] y, int length) {
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      axpy4(s[i], x[i], s[i + 1], x[i + 1], s[i + 2], x[i + 2], s[i + 3], x[i + 3], y, length);
    }
    for (; i < count; i++) {
      axpy(s[i], x[i], y, length);
    }
  }

  /** Σ_j a[offset + j] x[j] over {@code length} columns, in eight interleaved partial sums. */
  static double dot(double[] a, int offset, double[] x, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int j = 0;
    for (; j + 8 <= length; j += 8) {
      int k = offset + j;
      s0 = Math.fma(a[k], x[j], s0);
      s1 = Math.fma(a[k + 1], x[j + 1], s1);
      s2 = Math.fma(a[k + 2], x[j + 2], s2);
      s3 = Math.fma(a[k + 3], x[j + 3], s3);
      s4 = Math.fma(a[k + 4], x[j + 4], s4);
      s5 = Math.fma(a[k + 5], x[j + 5], s5);
      s6 = Math.fma(a[k + 6], x[j + 6], s6);
      s7 = Math.fma(a[k + 7], x[j + 7], s7);
    }
    for (; j < length; j++) {
      s0 = Math.fma(a[offset + j], x[j], s0);
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }
}
