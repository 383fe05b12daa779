package dev.tiebreak.linalg;

/**
 * A dense row-major float64 matrix. Mutable: kernels that write into one say so.
 *
 * @param values rows × columns numbers; row i is {@code values[i * columns .. (i + 1) * columns)}
 */
public record Matrix(int rows, int columns, double[] values) {

  /** Rows and columns that are transposed together, so that both sides stay in the caches. */
  private static final int TILE = 32;

  /** Checks the shape. */
  public Matrix {
    if ((long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          rows + " × " + columns + " does not match " + values.length + " values");
    }
  }

  /** An all-zero matrix. */
  public static Matrix zeros(int rows, int columns) {
    return new Matrix(rows, columns, new double[Math.multiplyExact(rows, columns)]);
  }

  /** {@code diagonal} times the identity. */
  public static Matrix scaledIdentity(int size, double diagonal) {
    Matrix matrix = zeros(size, size);
    for (int i = 0; i < size; i++) {
      matrix.values[i * size + i] = diagonal;
    }
    return matrix;
  }

  /** The number in a row and a column. */
  public double get(int row, int column) {
    return values[row * columns + column];
  }

  /** The transpose: a new matrix, columns × rows. */
  public Matrix transposed() {
    Matrix transposed = zeros(columns, rows);
    for (int top = 0; top < rows; top += TILE) {
      int bottom = Math.min(top + TILE, rows);
      for (int left = 0; left < columns; left += TILE) {
        int right = Math.min(left + TILE, columns);
        for (int i = top; i < bottom; i++) {
          for (int j = left; j < right; j++) {
            transposed.values[j * rows + i] = values[i * columns + j];
          }
        }
      }
    }
    return transposed;
  }

  /** A copy that shares nothing with this matrix. */
  public Matrix copy() {
    return new Matrix(rows, columns, values.clone());
  }
}
