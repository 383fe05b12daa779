package dev.tiebreak.linalg;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.jspecify.annotations.Nullable;

/**
 * The factor L by rows; row i is read on its first i + 1 columns.
 *
 * <p>Solving costs d² multiply-adds, whitening a row d²/2.
 */
final class CommonsMathCholesky implements Cholesky {

  /** Rows that are whitened together, one vector lane each. */
  private static final int BLOCK = 64;

  /** Exact symmetry holds, for the upper triangle is a copy of the lower. */
  private static final double RELATIVE_ASYMMETRY = 1e-15;

  /** The library's default of 1e-10 depends on the scale of the matrix. */
  private static final double LEAST_PIVOT = 0;

  private final double[][] lower;

  private CommonsMathCholesky(double[][] lower) {
    this.lower = lower;
  }

  static @Nullable CommonsMathCholesky factor(Matrix a) {
    if (a.rows() == 0) {
      return new CommonsMathCholesky(new double[0][]);
    }
    try {
      var matrix = new Array2DRowRealMatrix(mirrored(a), false);
      var decomposition = new CholeskyDecomposition(matrix, RELATIVE_ASYMMETRY, LEAST_PIVOT);
      double[][] lower = decomposition.getL().getData();
      return finite(lower) ? new CommonsMathCholesky(lower) : null;
    } catch (NonPositiveDefiniteMatrixException e) {
      return null;
    }
  }

  /** Rows of the symmetric matrix whose lower triangle is that of a. */
  static double[][] mirrored(Matrix a) {
    double[][] rows = RowKernels.rows(a);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        rows[j][i] = rows[i][j];
      }
    }
    return rows;
  }

  /** A pivot that is not a number passes the library's comparison. */
  private static boolean finite(double[][] lower) {
    for (int i = 0; i < lower.length; i++) {
      if (!Double.isFinite(lower[i][i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int size() {
    return lower.length;
  }

  @Override
  public Matrix lower() {
    int d = lower.length;
    Matrix copy = Matrix.zeros(d, d);
    for (int i = 0; i < d; i++) {
      System.arraycopy(lower[i], 0, copy.values(), i * d, i + 1);
    }
    return copy;
  }

  @Override
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < lower.length; i++) {
      sum += Math.log(lower[i][i]);
    }
    return 2 * sum;
  }

  @Override
  public double[] solve(double[] b) {
    if (b.length != lower.length) {
      throw new IllegalArgumentException(b.length + " numbers for a factor of order " + size());
    }
    double[] x = b.clone();
    for (int i = 0; i < x.length; i++) {
      x[i] = (x[i] - RowKernels.dot(lower[i], 0, x, i)) / lower[i][i];
    }
    for (int i = x.length - 1; i >= 0; i--) {
      x[i] /= lower[i][i];
      RowKernels.axpy(-x[i], lower[i], x, i);
    }
    return x;
  }

  @Override
  public Matrix whiten(Matrix rows) {
    int d = lower.length;
    if (rows.columns() != d) {
      throw new IllegalArgumentException(
          rows.rows() + " × " + rows.columns() + " rows for a factor of order " + d);
    }
    Matrix whitened = Matrix.zeros(rows.rows(), d);
    double[][] block = new double[d][BLOCK];
    double[][] negated = negatedRows();
    for (int start = 0; start < rows.rows(); start += BLOCK) {
      int count = Math.min(BLOCK, rows.rows() - start);
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < d; j++) {
          block[j][i] = rows.values()[(start + i) * d + j];
        }
      }
      forward(negated, block);
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < d; j++) {
          whitened.values()[(start + i) * d + j] = block[j][i];
        }
      }
    }
    return whitened;
  }

  private double[][] negatedRows() {
    double[][] negated = new double[lower.length][];
    for (int i = 0; i < negated.length; i++) {
      negated[i] = new double[i];
      for (int j = 0; j < i; j++) {
        negated[i][j] = -lower[i][j];
      }
    }
    return negated;
  }

  /** Forward substitution of a block of right-hand sides, stored by column of the problem. */
  private void forward(double[][] negated, double[][] block) {
    for (int i = 0; i < block.length; i++) {
      double[] z = block[i];
      RowKernels.combine(negated[i], block, i, z, BLOCK);
      double pivot = lower[i][i];
      for (int k = 0; k < BLOCK; k++) {
        z[k] /= pivot;
      }
    }
  }
}
