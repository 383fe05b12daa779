package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/** A root of a positive semidefinite matrix, as short as its rank. */
final class PivotedCholesky {

  /** A remaining diagonal entry below this share of the greatest is rounding. */
  private static final double RELATIVE_RANK = 1e-14;

  private PivotedCholesky() {}

  /**
   * Rows ρ_1, …, ρ_r with T = Σ ρ_j ρ_jᵀ, by Cholesky factorisation with diagonal pivoting.
   *
   * <p>Accuracy: T to 1e-14 of its greatest diagonal entry. Cost: m r² / 2 multiply-adds.
   *
   * @param t symmetric positive semidefinite, m × m; not changed
   * @return r × m, r the numerical rank; r = 0 where T = 0
   */
  static Matrix rootRows(Matrix t) {
    int m = t.rows();
    double[] diagonal = new double[m];
    for (int i = 0; i < m; i++) {
      diagonal[i] = t.get(i, i);
    }
    double least = 0;
    List<double[]> rows = new ArrayList<>();
    while (rows.size() < m) {
      int pivot = greatest(diagonal);
      if (rows.isEmpty()) {
        least = RELATIVE_RANK * diagonal[pivot];
      }
      if (!(diagonal[pivot] > least)) {
        break;
      }
      double[] row = row(t, rows, pivot, Math.sqrt(diagonal[pivot]));
      for (int i = 0; i < m; i++) {
        diagonal[i] -= row[i] * row[i];
      }
      diagonal[pivot] = 0;
      rows.add(row);
    }
    Matrix root = Matrix.zeros(rows.size(), m);
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, root.values(), i * m, m);
    }
    return root;
  }

  private static double[] row(Matrix t, List<double[]> rows, int pivot, double root) {
    int m = t.rows();
    double[] remaining = new double[m];
    System.arraycopy(t.values(), pivot * m, remaining, 0, m);
    for (double[] row : rows) {
      double own = -row[pivot];
      for (int i = 0; i < m; i++) {
        remaining[i] = Math.fma(own, row[i], remaining[i]);
      }
    }
    for (int i = 0; i < m; i++) {
      remaining[i] /= root;
    }
    return remaining;
  }

  private static int greatest(double[] values) {
    int greatest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[greatest]) {
        greatest = i;
      }
    }
    return greatest;
  }
}
