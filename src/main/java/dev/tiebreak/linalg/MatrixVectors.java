package dev.tiebreak.linalg;

/**
 * Products of a transposed matrix and a vector, which memory bounds rather than arithmetic. One
 * thread; sums in a fixed order.
 */
final class MatrixVectors {

  /** Rows that share one pass over the result. */
  private static final int BLOCK = 8;

  private MatrixVectors() {}

  static double[] multiplyTransposed(Matrix a, double[] x) {
    Shapes.requireRows(x, a);
    double[] product = new double[a.columns()];
    double[][] block = new double[BLOCK][a.columns()];
    double[] weights = new double[BLOCK];
    for (int start = 0; start < a.rows(); start += BLOCK) {
      int count = Math.min(BLOCK, a.rows() - start);
      for (int i = 0; i < count; i++) {
        RowKernels.load(a, start + i, block[i]);
        weights[i] = x[start + i];
      }
      RowKernels.updateOne(weights, block, 0, count, product, 0, product.length);
    }
    return product;
  }
}
