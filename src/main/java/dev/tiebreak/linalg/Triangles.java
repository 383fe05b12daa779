package dev.tiebreak.linalg;

import java.util.Arrays;

/** Triangles of square matrices. */
final class Triangles {

  /** Rows and columns at a time, so that both sides stay in the first cache. */
  private static final int TILE = 32;

  private Triangles() {}

  /** Copies what lies below the diagonal to above it. */
  static void mirror(Matrix a) {
    int d = a.rows();
    double[] values = a.values();
    for (int top = 0; top < d; top += TILE) {
      for (int left = 0; left <= top; left += TILE) {
        for (int i = top; i < Math.min(top + TILE, d); i++) {
          for (int j = left; j < Math.min(left + TILE, i); j++) {
            values[j * d + i] = values[i * d + j];
          }
        }
      }
    }
  }

  /** A copy of the lower triangle, the diagonal included, zeros above. */
  static Matrix lower(Matrix a) {
    int d = a.rows();
    Matrix lower = Matrix.zeros(d, d);
    for (int i = 0; i < d; i++) {
      System.arraycopy(a.values(), i * d, lower.values(), i * d, i + 1);
    }
    return lower;
  }

  /** Clears what lies above the diagonal. */
  static void clearUpper(Matrix a) {
    int d = a.rows();
    for (int i = 0; i < d; i++) {
      Arrays.fill(a.values(), i * d + i + 1, (i + 1) * d, 0);
    }
  }
}
