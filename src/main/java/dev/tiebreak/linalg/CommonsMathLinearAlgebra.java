package dev.tiebreak.linalg;

import org.jspecify.annotations.Nullable;

/**
 * The kernels in pure Java: factorisations by Apache Commons Math 3.6.1, products by loops over
 * rows that the JIT compiler vectorises (those of Commons Math are several times slower). One
 * thread; sums in a fixed order. Stateless and safe to share.
 */
public final class CommonsMathLinearAlgebra implements LinearAlgebra {

  /** Rows of the left factor that share one pass over the right factor or the result. */
  private static final int BLOCK = 8;

  @Override
  public void addWeightedGram(Matrix a, double[] weights, Matrix into) {
    int d = a.columns();
    require(weights.length == a.rows(), "weights", weights.length, 1, a);
    require(into.rows() == d && into.columns() == d, "into", into.rows(), into.columns(), a);
    double[][] sum = new double[d][d];
    double[][] block = new double[BLOCK][d];
    double[] scaled = new double[BLOCK];
    for (int start = 0; start < a.rows(); start += BLOCK) {
      int count = Math.min(BLOCK, a.rows() - start);
      for (int i = 0; i < count; i++) {
        RowKernels.load(a, start + i, block[i]);
      }
      for (int p = 0; p < d; p++) {
        for (int i = 0; i < count; i++) {
          scaled[i] = weights[start + i] * block[i][p];
        }
        RowKernels.combine(scaled, block, count, sum[p], p + 1);
      }
    }
    addLower(sum, into);
  }

  private static void addLower(double[][] lower, Matrix into) {
    int d = lower.length;
    double[] values = into.values();
    for (int p = 0; p < d; p++) {
      for (int q = 0; q <= p; q++) {
        values[p * d + q] += lower[p][q];
        if (p != q) {
          values[q * d + p] += lower[p][q];
        }
      }
    }
  }

  @Override
  public Matrix multiply(Matrix a, Matrix b) {
    require(a.columns() == b.rows(), "right factor", b.rows(), b.columns(), a);
    double[][] right = RowKernels.rows(b);
    Matrix product = Matrix.zeros(a.rows(), b.columns());
    double[] left = new double[a.columns()];
    for (int i = 0; i < a.rows(); i++) {
      RowKernels.load(a, i, left);
      storeCombination(left, right, product, i);
    }
    return product;
  }

  @Override
  public Matrix multiply(FloatMatrix a, Matrix b) {
    if (a.columns() != b.rows()) {
      throw new IllegalArgumentException(
          shape(a.rows(), a.columns()) + " times " + shape(b.rows(), b.columns()));
    }
    double[][] right = RowKernels.rows(b);
    Matrix product = Matrix.zeros(a.rows(), b.columns());
    double[] left = new double[a.columns()];
    for (int i = 0; i < a.rows(); i++) {
      int offset = i * left.length;
      for (int j = 0; j < left.length; j++) {
        left[j] = a.values()[offset + j];
      }
      storeCombination(left, right, product, i);
    }
    return product;
  }

  private static void storeCombination(double[] left, double[][] right, Matrix product, int i) {
    int m = product.columns();
    double[] row = new double[m];
    RowKernels.combine(left, right, left.length, row, m);
    System.arraycopy(row, 0, product.values(), i * m, m);
  }

  @Override
  public double[] multiply(Matrix a, double[] x) {
    require(x.length == a.columns(), "vector", x.length, 1, a);
    double[] product = new double[a.rows()];
    for (int i = 0; i < product.length; i++) {
      product[i] = RowKernels.dot(a.values(), i * x.length, x, x.length);
    }
    return product;
  }

  @Override
  public double[] multiplyTransposed(Matrix a, double[] x) {
    require(x.length == a.rows(), "vector", x.length, 1, a);
    double[] product = new double[a.columns()];
    double[][] block = new double[BLOCK][a.columns()];
    double[] weights = new double[BLOCK];
    for (int start = 0; start < a.rows(); start += BLOCK) {
      int count = Math.min(BLOCK, a.rows() - start);
      for (int i = 0; i < count; i++) {
        RowKernels.load(a, start + i, block[i]);
        weights[i] = x[start + i];
      }
      RowKernels.combine(weights, block, count, product, product.length);
    }
    return product;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Cost: d³/6 multiply-adds. A pivot of 0 or less, or one that is not a number, is "not
   * positive definite", as in LAPACK's {@code potrf}.
   */
  @Override
  public @Nullable Cholesky cholesky(Matrix a) {
    requireSquare(a);
    return CommonsMathCholesky.factor(a);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Householder reduction and implicit QL; where QL does not converge, cyclic Jacobi rotations,
   * which always do. Accuracy as tested: eigenvalues to 1e-13 of the largest, V orthonormal to
   * 1e-12. Cost: O(d³).
   *
   * @throws IllegalArgumentException if a number of the lower triangle is not finite
   */
  @Override
  public SymmetricEigen eigen(Matrix a) {
    requireSquare(a);
    return CommonsMathEigen.decompose(a);
  }

  private static void requireSquare(Matrix a) {
    if (a.rows() != a.columns()) {
      throw new IllegalArgumentException("not square: " + shape(a.rows(), a.columns()));
    }
  }

  private static void require(boolean fits, String what, int rows, int columns, Matrix a) {
    if (!fits) {
      throw new IllegalArgumentException(
          what + " of " + shape(rows, columns) + " does not fit " + shape(a.rows(), a.columns()));
    }
  }

  private static String shape(int rows, int columns) {
    return rows + " × " + columns;
  }
}
