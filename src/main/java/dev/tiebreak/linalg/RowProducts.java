package dev.tiebreak.linalg;

import org.jspecify.annotations.Nullable;

/** Products by {@link RowKernels}, where the JDK's Vector API is absent. */
final class RowProducts implements BlockProducts {

  /** Terms of a sum at a time. */
  private static final int TERMS = 256;

  @Override
  public void add(int sign, Block a, Block b, Block c) {
    int n = c.rows();
    int m = c.columns();
    int terms = a.width();
    double[][] result = new double[n][m];
    for (int i = 0; i < n; i++) {
      System.arraycopy(c.values(), c.offset() + i * c.stride(), result[i], 0, m);
    }
    for (int k = 0; k < terms; k += TERMS) {
      int count = Math.min(TERMS, terms - k);
      double[][] left = copy(a, 0, n, k, k + count, 1);
      double[][] right = copy(b, k, k + count, 0, m, sign);
      RowKernels.update(result, 0, n, left, right, count, 0, m);
    }
    for (int i = 0; i < n; i++) {
      System.arraycopy(result[i], 0, c.values(), c.offset() + i * c.stride(), m);
    }
  }

  private static double[][] copy(Block a, int top, int bottom, int left, int right, int sign) {
    double[][] rows = new double[bottom - top][right - left];
    double[] values = a.values();
    int start = a.offset() + top * a.rowStep() + left * a.columnStep();
    int rowStep = a.rowStep();
    int columnStep = a.columnStep();
    if (columnStep == 1) {
      for (int i = 0; i < rows.length; i++) {
        double[] row = rows[i];
        for (int j = 0; j < row.length; j++) {
          row[j] = sign * values[start + i * rowStep + j];
        }
      }
    } else {
      for (int j = 0; j < right - left; j++) {
        for (int i = 0; i < rows.length; i++) {
          rows[i][j] = sign * values[start + i * rowStep + j * columnStep];
        }
      }
    }
    return rows;
  }

  @Override
  public @Nullable SingleProducts single() {
    return null;
  }
}
