package dev.tiebreak.design;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Vectors side by side, and their distances. Mutable. */
final class Vectors {

  private final Matrix rows;
  private @Nullable Matrix columns;
  private double @Nullable [] squares;

  /** The rows become the vectors, and change with them. */
  Vectors(Matrix rows) {
    this.rows = rows;
  }

  int size() {
    return rows.rows();
  }

  /** The products of a vector with each. */
  double[] products(double[] vector) {
    double[] products = new double[rows.rows()];
    double[] row = new double[vector.length];
    for (int i = 0; i < products.length; i++) {
      System.arraycopy(rows.values(), i * row.length, row, 0, row.length);
      products[i] = product(vector, row);
    }
    return products;
  }

  /** Adds scale · scales[i] · vector to each. */
  void add(double[] scales, double scale, double[] vector) {
    double[] row = new double[vector.length];
    for (int i = 0; i < scales.length; i++) {
      System.arraycopy(rows.values(), i * row.length, row, 0, row.length);
      double by = scale * scales[i];
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.fma(by, vector[j], row[j]);
      }
      System.arraycopy(row, 0, rows.values(), i * row.length, row.length);
    }
    columns = null;
    squares = null;
  }

  /** The difference of two. */
  static double[] difference(Vectors x, int i, Vectors y, int j) {
    double[] difference = new double[x.rows.columns()];
    for (int c = 0; c < difference.length; c++) {
      difference[c] = x.rows.get(i, c) - y.rows.get(j, c);
    }
    return difference;
  }

  /** The squared distance of two, in four interleaved partial sums. */
  static double squaredDistance(Vectors first, int i, Vectors second, int j) {
    double[] x = first.rows.values();
    double[] y = second.rows.values();
    int length = first.rows.columns();
    int p = i * length;
    int q = j * length;
    int end = p + length;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (; p + 4 <= end; p += 4, q += 4) {
      double t0 = x[p] - y[q];
      double t1 = x[p + 1] - y[q + 1];
      double t2 = x[p + 2] - y[q + 2];
      double t3 = x[p + 3] - y[q + 3];
      s0 = Math.fma(t0, t0, s0);
      s1 = Math.fma(t1, t1, s1);
      s2 = Math.fma(t2, t2, s2);
      s3 = Math.fma(t3, t3, s3);
    }
    for (; p < end; p++, q++) {
      s0 = Math.fma(x[p] - y[q], x[p] - y[q], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** Row i holds the products of vector i with each of the others. */
  Matrix products(Vectors others, LinearAlgebra linearAlgebra) {
    return linearAlgebra.multiply(rows, others.columns());
  }

  /** Their squared norms. */
  synchronized double[] squares() {
    if (squares == null) {
      double[] computed = new double[rows.rows()];
      for (int i = 0; i < computed.length; i++) {
        double[] row =
            Arrays.copyOfRange(rows.values(), i * rows.columns(), (i + 1) * rows.columns());
        computed[i] = product(row, row);
      }
      squares = computed;
    }
    return squares;
  }

  private synchronized Matrix columns() {
    if (columns == null) {
      columns = rows.transposed();
    }
    return columns;
  }

  /** xᵀy, in four interleaved partial sums. */
  static double product(double[] x, double[] y) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= x.length; i += 4) {
      s0 = Math.fma(x[i], y[i], s0);
      s1 = Math.fma(x[i + 1], y[i + 1], s1);
      s2 = Math.fma(x[i + 2], y[i + 2], s2);
      s3 = Math.fma(x[i + 3], y[i + 3], s3);
    }
    for (; i < x.length; i++) {
      s0 = Math.fma(x[i], y[i], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }
}
