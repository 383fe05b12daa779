package dev.tiebreak.linalg;

import java.util.Arrays;

/**
 * A Cholesky factor on the heap. Solving costs d² multiply-adds; whitening is the backend's.
 *
 * @param lower L, d × d, zeros above the diagonal
 */
record LowerFactor(Matrix lower, Whitening whitening) implements Cholesky {

  /** Numbers of single-precision rows that are whitened at once. */
  private static final int BLOCK = 1 << 21;

  /** Forward substitution with many right-hand sides. */
  @FunctionalInterface
  interface Whitening {
    /** Each row b of {@code rows} becomes L⁻¹ b. */
    void whiten(Matrix lower, Matrix rows);
  }

  /** Whether L is one: a pivot that is not a number passes comparisons. */
  static boolean finite(Matrix lower) {
    for (int i = 0; i < lower.rows(); i++) {
      if (!Double.isFinite(lower.get(i, i))) {
        return false;
      }
    }
    return true;
  }

  /** Clears what lies above the diagonal. */
  static void clearUpper(Matrix lower) {
    int d = lower.rows();
    for (int i = 0; i < d; i++) {
      Arrays.fill(lower.values(), i * d + i + 1, (i + 1) * d, 0);
    }
  }

  @Override
  public int size() {
    return lower.rows();
  }

  @Override
  public Matrix lower() {
    return lower.copy();
  }

  @Override
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += Math.log(lower.get(i, i));
    }
    return 2 * sum;
  }

  @Override
  public double[] solve(double[] b) {
    int d = size();
    if (b.length != d) {
      throw new IllegalArgumentException(b.length + " numbers for a factor of order " + d);
    }
    double[] l = lower.values();
    double[] x = b.clone();
    for (int i = 0; i < d; i++) {
      x[i] = (x[i] - RowKernels.dot(l, i * d, x, i)) / l[i * d + i];
    }
    for (int i = d - 1; i >= 0; i--) {
      x[i] /= l[i * d + i];
      double s = -x[i];
      for (int j = 0; j < i; j++) {
        x[j] = Math.fma(s, l[i * d + j], x[j]);
      }
    }
    return x;
  }

  @Override
  public Matrix whiten(Matrix rows) {
    requireColumns(rows.rows(), rows.columns());
    Matrix whitened = rows.copy();
    whitening.whiten(lower, whitened);
    return whitened;
  }

  @Override
  public FloatMatrix whiten(FloatMatrix rows) {
    requireColumns(rows.rows(), rows.columns());
    int d = size();
    FloatMatrix whitened = FloatMatrix.allocate(rows.rows(), d);
    int height = Math.min(rows.rows(), Math.max(64, BLOCK / Math.max(d, 1)));
    float[] narrow = new float[d];
    for (int start = 0; start < rows.rows(); start += height) {
      Matrix block = Matrix.zeros(Math.min(height, rows.rows() - start), d);
      for (int i = 0; i < block.rows(); i++) {
        rows.copyRow(start + i, block.values(), i * d);
      }
      whitening.whiten(lower, block);
      for (int i = 0; i < block.rows(); i++) {
        for (int j = 0; j < d; j++) {
          narrow[j] = (float) block.values()[i * d + j];
        }
        whitened.setRow(start + i, narrow, 0);
      }
    }
    return whitened;
  }

  private void requireColumns(int rows, int columns) {
    if (columns != size()) {
      throw new IllegalArgumentException(
          rows + " × " + columns + " rows for a factor of order " + size());
    }
  }
}
