package dev.tiebreak.preference;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;

/**
 * X = R Q with r orthonormal rows in Q: with fewer verdicts N than dimensions d, an isotropic prior
 * acts alone outside the span of the differences, so u = Qᵀ β and the problem in β has the features
 * R, the same λ, the same evidence, and r ≤ N dimensions in place of d.
 *
 * <p>Gram–Schmidt, twice (Giraud, Langou, Rozložník 2005): orthonormal to rounding. Cost: 2 N² d
 * multiply-adds.
 *
 * @param basis Q, r × d
 * @param features R, N × r
 */
record RowSpace(Matrix basis, Matrix features) {

  /** What is left of a row, relative to the largest row, that counts as rounding. */
  private static final double NEGLIGIBLE = 1e-14;

  static RowSpace of(Matrix x, LinearAlgebra algebra) {
    int n = x.rows();
    int d = x.columns();
    Matrix basis = Matrix.zeros(n, d);
    Matrix features = Matrix.zeros(n, n);
    double largest = largestNorm(x);
    int rank = 0;
    for (int i = 0; i < n; i++) {
      double[] row = Arrays.copyOfRange(x.values(), i * d, (i + 1) * d);
      Matrix found = new Matrix(rank, d, Arrays.copyOf(basis.values(), rank * d));
      for (int pass = 0; pass < 2; pass++) {
        double[] c = algebra.multiply(found, row);
        double[] inside = algebra.multiplyTransposed(found, c);
        for (int j = 0; j < d; j++) {
          row[j] -= inside[j];
        }
        for (int j = 0; j < rank; j++) {
          features.values()[i * n + j] += c[j];
        }
      }
      double norm = Math.sqrt(Objective.dot(row, row));
      if (norm > NEGLIGIBLE * largest) {
        features.values()[i * n + rank] = norm;
        for (int j = 0; j < d; j++) {
          basis.values()[rank * d + j] = row[j] / norm;
        }
        rank++;
      }
    }
    return new RowSpace(
        new Matrix(rank, d, Arrays.copyOf(basis.values(), rank * d)),
        Differences.scaledColumns(features, ones(rank)));
  }

  private static double largestNorm(Matrix x) {
    double largest = 0;
    for (int i = 0; i < x.rows(); i++) {
      double[] row = Arrays.copyOfRange(x.values(), i * x.columns(), (i + 1) * x.columns());
      largest = Math.max(largest, Objective.dot(row, row));
    }
    return Math.sqrt(largest);
  }

  private static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }
}
