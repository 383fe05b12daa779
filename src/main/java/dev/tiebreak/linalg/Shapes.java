package dev.tiebreak.linalg;

import java.util.Objects;

/** Refuses what does not fit, naming both shapes. */
final class Shapes {

  private Shapes() {}

  static void requireProduct(Rows a, Matrix b) {
    if (a.columns() != b.rows()) {
      throw new IllegalArgumentException(
          of(a.count(), a.columns()) + " times " + of(b.rows(), b.columns()));
    }
  }

  static void requireTransposedProduct(Matrix a, Matrix b, Matrix into) {
    require(b.rows() == a.rows(), "factor", b.rows(), b.columns(), a.rows(), a.columns());
    require(
        into.rows() == a.columns() && into.columns() == b.columns(),
        "into",
        into.rows(),
        into.columns(),
        a.columns(),
        b.columns());
  }

  static void requireWeights(double[] weights, int n, int d) {
    require(weights.length == n, "weights", weights.length, 1, n, d);
  }

  static void requireGram(Matrix into, int n, int d) {
    require(into.rows() == d && into.columns() == d, "into", into.rows(), into.columns(), n, d);
  }

  static void requireRowNumbers(int[] first, int[] second, Matrix a) {
    require(first.length == second.length, "rows", first.length, 1, second.length, 1);
    for (int i = 0; i < first.length; i++) {
      Objects.checkIndex(first[i], a.rows());
      Objects.checkIndex(second[i], a.rows());
    }
  }

  static void requireColumns(double[] x, Matrix a) {
    require(x.length == a.columns(), "vector", x.length, 1, a.rows(), a.columns());
  }

  static void requireRows(double[] x, Matrix a) {
    require(x.length == a.rows(), "vector", x.length, 1, a.rows(), a.columns());
  }

  static void requireSquare(Matrix a) {
    if (a.rows() != a.columns()) {
      throw new IllegalArgumentException("not square: " + of(a.rows(), a.columns()));
    }
  }

  static void require(
      boolean fits, String what, int rows, int columns, int otherRows, int otherColumns) {
    if (!fits) {
      throw new IllegalArgumentException(
          what + " of " + of(rows, columns) + " does not fit " + of(otherRows, otherColumns));
    }
  }

  private static String of(int rows, int columns) {
    return rows + " × " + columns;
  }
}
