package dev.tiebreak.linalg;

import java.util.Objects;

/**
 * A rectangle of numbers in an array, or the transpose of one; a view.
 *
 * @param rows of the rectangle as it lies in the array
 * @param columns likewise
 * @param stride numbers from one row to the next
 * @param transposed whether the rectangle's transpose is meant
 */
record Block(double[] values, int offset, int rows, int columns, int stride, boolean transposed) {

  /** Checks that the rectangle lies in the array: native code doesn't. */
  Block {
    if (rows > 0 && columns > 0) {
      long last = offset + (rows - 1L) * stride + columns;
      Objects.checkFromToIndex(offset, last, (long) values.length);
    }
  }

  static Block of(Matrix matrix) {
    return of(matrix.values(), matrix.rows(), matrix.columns());
  }

  /** The first rows × columns numbers of an array, without gaps. */
  static Block of(double[] values, int rows, int columns) {
    return new Block(values, 0, rows, columns, columns, false);
  }

  /** The rows {@code top .. bottom} and columns {@code left .. right}, the latter excluded. */
  Block part(int top, int bottom, int left, int right) {
    if (transposed) {
      throw new IllegalStateException("a part is taken before it is transposed");
    }
    return new Block(
        values, offset + top * stride + left, bottom - top, right - left, stride, false);
  }

  Block transpose() {
    return new Block(values, offset, rows, columns, stride, !transposed);
  }

  /** The rows {@code from .. to} of what is meant. */
  Block slice(int from, int to) {
    return transposed
        ? transpose().part(0, rows, from, to).transpose()
        : part(from, to, 0, columns);
  }

  /** The number of rows of what is meant. */
  int height() {
    return transposed ? columns : rows;
  }

  /** The number of columns of what is meant. */
  int width() {
    return transposed ? rows : columns;
  }

  /** How far apart in the array the numbers of a column lie. */
  int rowStep() {
    return transposed ? 1 : stride;
  }

  /** How far apart in the array the numbers of a row lie. */
  int columnStep() {
    return transposed ? stride : 1;
  }
}
