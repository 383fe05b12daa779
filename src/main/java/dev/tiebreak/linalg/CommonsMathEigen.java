package dev.tiebreak.linalg;

import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Symmetric eigenproblems by Commons Math 3.6.1 (Householder reduction and implicit QL, one
 * thread), with Jacobi rotations where its QL gives up.
 */
final class CommonsMathEigen {

  private CommonsMathEigen() {}

  /** Eigenvalues, unordered, and the eigenvectors as rows. */
  record Pairs(double[] values, double[][] vectors) {}

  static SymmetricEigen decompose(Matrix a) {
    double unit = EigenOrder.unit(a);
    if (unit == 0) {
      return EigenOrder.zero(a.rows());
    }
    Pairs pairs = pairs(divided(a, unit));
    return EigenOrder.of(
        pairs.values,
        unit,
        (j, into) -> System.arraycopy(pairs.vectors[j], 0, into, 0, into.length));
  }

  /** Rows of the symmetric matrix whose lower triangle is that of a, divided. */
  static double[][] divided(Matrix a, double unit) {
    int d = a.rows();
    double[][] rows = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double value = a.values()[i * d + j] / unit;
        rows[i][j] = value;
        rows[j][i] = value;
      }
    }
    return rows;
  }

  private static Pairs pairs(double[][] rows) {
    try {
      var decomposition = new EigenDecomposition(new Array2DRowRealMatrix(rows, true));
      double[] values = decomposition.getRealEigenvalues();
      return new Pairs(values, decomposition.getVT().getData());
    } catch (MaxCountExceededException e) {
      return JacobiEigen.decompose(rows);
    }
  }
}
