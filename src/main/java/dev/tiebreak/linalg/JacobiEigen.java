package dev.tiebreak.linalg;

import java.util.Arrays;

/**
 * Cyclic Jacobi rotations: slower than QL (about 10 sweeps of 2 d³ multiply-adds), but they
 * converge for every symmetric matrix.
 *
 * <p>Source: Golub and Van Loan, Matrix Computations, 4th edition, section 8.5.
 */
final class JacobiEigen {

  private static final int MOST_SWEEPS = 60;

  private JacobiEigen() {}

  /**
   * Decomposes a symmetric matrix.
   *
   * @param rows both triangles, not changed
   */
  static CommonsMathEigen.Pairs decompose(double[][] rows) {
    int d = rows.length;
    double[][] a = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    double[][] vectors = new double[d][d];
    for (int i = 0; i < d; i++) {
      vectors[i][i] = 1;
    }
    for (int sweep = 0; sweep < MOST_SWEEPS && sweep(a, vectors); sweep++) {
      // a sweep says whether it rotated
    }
    double[] values = new double[d];
    for (int i = 0; i < d; i++) {
      values[i] = a[i][i];
    }
    return new CommonsMathEigen.Pairs(values, vectors);
  }

  private static boolean sweep(double[][] a, double[][] vectors) {
    double negligible = Math.ulp(1.0) * Math.ulp(1.0) * squaredNorm(a);
    boolean rotated = false;
    for (int p = 0; p < a.length; p++) {
      for (int q = p + 1; q < a.length; q++) {
        if (a[p][q] * a[p][q] > negligible) {
          rotate(a, vectors, p, q);
          rotated = true;
        }
      }
    }
    return rotated;
  }

  private static double squaredNorm(double[][] a) {
    double sum = 0;
    for (double[] row : a) {
      sum += RowKernels.dot(row, 0, row, row.length);
    }
    return sum / (a.length * (double) a.length);
  }

  private static void rotate(double[][] a, double[][] vectors, int p, int q) {
    double tau = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, tau) / (Math.abs(tau) + Math.hypot(1, tau));
    double c = 1 / Math.hypot(1, t);
    double s = t * c;
    double[] rowP = a[p];
    double[] rowQ = a[q];
    double pp = rowP[p] - t * rowP[q];
    double qq = rowQ[q] + t * rowP[q];
    turn(rowP, rowQ, c, s);
    for (int i = 0; i < a.length; i++) {
      a[i][p] = rowP[i];
      a[i][q] = rowQ[i];
    }
    rowP[p] = pp;
    rowQ[q] = qq;
    rowP[q] = 0;
    rowQ[p] = 0;
    turn(vectors[p], vectors[q], c, s);
  }

  /** (x, y) becomes (c x − s y, s x + c y). */
  private static void turn(double[] x, double[] y, double c, double s) {
    for (int i = 0; i < x.length; i++) {
      double xi = x[i];
      double yi = y[i];
      x[i] = c * xi - s * yi;
      y[i] = s * xi + c * yi;
    }
  }
}
