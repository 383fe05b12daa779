package dev.tiebreak.linalg;

/**
 * Loops over whole rows, in a form that the JIT compiler turns into vector instructions: one array
 * per row, the same index into each, and at most eight multiply-adds a turn. An offset into a flat
 * array would defeat that, so callers copy rows out first.
 *
 * <p>Every number is one chain of fused multiply-adds in rising order of k, however rows and
 * columns are blocked: results depend neither on block sizes nor on threads.
 */
final class RowKernels {

  /** The most columns at a time: two result rows of these fit the first cache. */
  private static final int TILE = 512;

  /** Numbers of operand rows at a time, which stay in the first cache while result rows pass. */
  private static final int PANEL = 4096;

  private RowKernels() {}

  /** Copies row i of a into {@code row}. */
  static void load(Matrix a, int i, double[] row) {
    System.arraycopy(a.values(), i * a.columns(), row, 0, a.columns());
  }

  /** y[i][j] += Σ_k s[i][k] x[k][j] for first ≤ i &lt; last, 0 ≤ k &lt; count, from ≤ j &lt; to. */
  static void update(
      double[][] y, int first, int last, double[][] s, double[][] x, int count, int from, int to) {
    for (int tile = from; tile < to; tile += TILE) {
      int end = Math.min(tile + TILE, to);
      int height = Math.min(PANEL / (end - tile), 64) / 4 * 4;
      for (int k = 0; k < count; k += height) {
        int panelEnd = Math.min(k + height, count);
        int i = first;
        for (; i + 2 <= last; i += 2) {
          updateTwo(s[i], s[i + 1], x, k, panelEnd, y[i], y[i + 1], tile, end);
        }
        if (i < last) {
          updateOne(s[i], x, k, panelEnd, y[i], tile, end);
        }
      }
    }
  }

  private static void updateTwo(
      double[] s,
      double[] t,
      double[][] x,
      int k,
      int count,
      double[] y,
      double[] z,
      int from,
      int to) {
    for (; k + 4 <= count; k += 4) {
      axpyTwo(s, t, k, x[k], x[k + 1], x[k + 2], x[k + 3], y, z, from, to);
    }
    for (; k < count; k++) {
      axpy(s[k], x[k], y, from, to);
      axpy(t[k], x[k], z, from, to);
    }
  }

  /** y[j] += Σ_{first ≤ k &lt; count} s[k] x[k][j] for from ≤ j &lt; to. */
  static void updateOne(
      double[] s, double[][] x, int first, int count, double[] y, int from, int to) {
    int k = first;
    for (; k + 4 <= count; k += 4) {
      axpyOne(s, k, x[k], x[k + 1], x[k + 2], x[k + 3], y, from, to);
    }
    for (; k < count; k++) {
      axpy(s[k], x[k], y, from, to);
    }
  }

  /** Four operand rows into two result rows. */
  private static void axpyTwo(
      double[] s,
      double[] t,
      int k,
      double[] x0,
      double[] x1,
      double[] x2,
      double[] x3,
      double[] y,
      double[] z,
      int from,
      int to) {
    double s0 = s[k];
    double s1 = s[k + 1];
    double s2 = s[k + 2];
    double s3 = s[k + 3];
    double t0 = t[k];
    double t1 = t[k + 1];
    double t2 = t[k + 2];
    double t3 = t[k + 3];
    for (int j = from; j < to; j++) {
      double a = x0[j];
      double b = x1[j];
      double c = x2[j];
      double d = x3[j];
      y[j] = Math.fma(s3, d, Math.fma(s2, c, Math.fma(s1, b, Math.fma(s0, a, y[j]))));
      z[j] = Math.fma(t3, d, Math.fma(t2, c, Math.fma(t1, b, Math.fma(t0, a, z[j]))));
    }
  }

  private static void axpyOne(
      double[] s,
      int k,
      double[] x0,
      double[] x1,
      double[] x2,
      double[] x3,
      double[] y,
      int from,
      int to) {
    double s0 = s[k];
    double s1 = s[k + 1];
    double s2 = s[k + 2];
    double s3 = s[k + 3];
    for (int j = from; j < to; j++) {
      y[j] =
          Math.fma(s3, x3[j], Math.fma(s2, x2[j], Math.fma(s1, x1[j], Math.fma(s0, x0[j], y[j]))));
    }
  }

  /** y[j] += s x[j] for from ≤ j &lt; to. */
  static void axpy(double s, double[] x, double[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = Math.fma(s, x[j], y[j]);
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
