package dev.tiebreak.linalg;

/**
 * A dense row-major float32 matrix, as embeddings are stored.
 *
 * @param values rows × columns numbers; row i is {@code values[i * columns .. (i + 1) * columns)}
 */
public record FloatMatrix(int rows, int columns, float[] values) {

  /** Checks the shape. */
  public FloatMatrix {
    if ((long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          rows + " × " + columns + " does not match " + values.length + " values");
    }
  }

  /** An all-zero matrix. */
  public static FloatMatrix zeros(int rows, int columns) {
    return new FloatMatrix(rows, columns, new float[Math.multiplyExact(rows, columns)]);
  }

  /** The number in a row and a column. */
  public float get(int row, int column) {
    return values[row * columns + column];
  }
}
