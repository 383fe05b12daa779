package dev.tiebreak.linalg;

/**
 * Products by the library. Its calls work on Java's arrays in place, and garbage collection waits
 * for them: so each is cut to a millisecond at most.
 */
final class OpenBlasProducts implements BlockProducts, BlockProducts.SingleProducts {

  /** Multiply-adds of a call: a millisecond at 60 GFLOP/s. */
  private static final int SHORT_CALL = 1 << 25;

  /** The fewest terms of a sum in a call, so that reading the result again does not count. */
  private static final int LEAST_TERMS = 64;

  private final OpenBlas blas;

  OpenBlasProducts(OpenBlas blas) {
    this.blas = blas;
  }

  @Override
  public void add(int sign, Block a, Block b, Block c) {
    int terms = a.width();
    int most = terms(c.rows(), c.columns());
    for (int k = 0; k < terms; k += most) {
      int end = Math.min(k + most, terms);
      blas.addProduct(sign, a.transpose().slice(k, end).transpose(), b.slice(k, end), c);
    }
  }

  @Override
  public void addSquare(int sign, Block a, Block c) {
    int terms = a.width();
    int most = 2 * terms(c.rows(), c.columns());
    for (int k = 0; k < terms; k += most) {
      int end = Math.min(k + most, terms);
      blas.addSquare(sign, a.transpose().slice(k, end).transpose(), c);
    }
  }

  @Override
  public void multiply(double[] rows, double[] x, int from, int to, double[] products) {
    blas.multiply(rows, x, from, to, products);
  }

  private static int terms(int rows, int columns) {
    long cells = Math.max(1, (long) rows * columns);
    return (int) Math.clamp(SHORT_CALL / cells, LEAST_TERMS, SHORT_CALL);
  }

  @Override
  public SingleProducts single() {
    return this;
  }

  @Override
  public int wideSquare() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void gram(FloatMatrix a, int p, int pEnd, int q, int qEnd, float[] sum) {
    int most = (p == q ? 4 : 2) * terms(pEnd - p, qEnd - q); // twice as fast as in float64
    for (int start = 0; start == 0 || start < a.rows(); start += most) {
      FloatMatrix rows = a.rows(start, Math.min(start + most, a.rows()));
      blas.gram(rows, p, pEnd, q, qEnd, start == 0 ? 0 : 1, sum);
    }
  }
}
