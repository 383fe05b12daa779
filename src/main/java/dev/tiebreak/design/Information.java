package dev.tiebreak.design;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An information matrix A, m × m, that grows by rank one, with its Cholesky factor A = L Lᵀ kept up
 * to date. Mutable. The factor's update is by rotations and only adds, so that it stays as accurate
 * as a fresh factorisation.
 *
 * <p>Where A is not numerically positive definite, the least ridge among 10⁻¹⁴, 10⁻¹³, … times its
 * greatest diagonal entry that makes it so is added to it, or 10⁻⁶ to a matrix of zeros: every
 * score remains defined.
 *
 * <p>Cost: m³/3 to build, O(m²) for everything else.
 */
final class Information {

  /** So that a matrix of zeros gets the ε = 1e-6 of the rules without a prior. */
  private static final double OF_NOTHING = 1e8;

  /** Updates that wait, at most, until they are added to A together. */
  private static final int WAITING = 64;

  private final LinearAlgebra linearAlgebra;

  /** A but for what waits. */
  private final Matrix a;

  private final List<double[]> waiting = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();

  /** Row j holds column j of L. */
  private final double[][] columns;

  private Information(LinearAlgebra linearAlgebra, Matrix a, double[][] columns) {
    this.linearAlgebra = linearAlgebra;
    this.a = a;
    this.columns = columns;
  }

  /** Factorises a copy of {@code a}. */
  static Information of(Matrix a, LinearAlgebra linearAlgebra) {
    Matrix own = a.copy();
    int m = own.rows();
    double[][] columns = new double[m][m];
    if (m > 0) {
      Matrix lower = factorise(own, linearAlgebra).lower();
      for (int j = 0; j < m; j++) {
        for (int i = j; i < m; i++) {
          columns[j][i] = lower.get(i, j);
        }
      }
    }
    return new Information(linearAlgebra, own, columns);
  }

  Information copy() {
    double[][] copied = new double[columns.length][];
    for (int j = 0; j < copied.length; j++) {
      copied[j] = columns[j].clone();
    }
    addWaiting();
    return new Information(linearAlgebra, a.copy(), copied);
  }

  /** log det A, nats. */
  double logDeterminant() {
    double sum = 0;
    for (int j = 0; j < columns.length; j++) {
      sum += Math.log(columns[j][j]);
    }
    return 2 * sum;
  }

  /** xᵀA⁻¹x, from ‖L⁻¹x‖². */
  double quadraticForm(double[] x) {
    double[] y = forward(x);
    double sum = 0;
    for (double value : y) {
      sum = Math.fma(value, value, sum);
    }
    return sum;
  }

  /** A⁻¹x. */
  double[] solve(double[] x) {
    double[] y = forward(x);
    for (int j = y.length - 1; j >= 0; j--) {
      double[] column = columns[j];
      y[j] = (y[j] - Vectors.product(column, y, j + 1)) / column[j];
    }
    return y;
  }

  /** A ← A + v x xᵀ, v ≥ 0. */
  void add(double[] x, double v) {
    waiting.add(x.clone());
    weights.add(v);
    if (waiting.size() == WAITING) {
      addWaiting();
    }
    double[] y = new double[x.length];
    double root = Math.sqrt(v);
    for (int j = 0; j < y.length; j++) {
      y[j] = root * x[j];
    }
    for (int j = 0; j < y.length; j++) {
      rotate(columns[j], y, j);
    }
  }

  /** A fresh factorisation of A; null where m = 0. */
  @Nullable Cholesky factor() {
    addWaiting();
    return factorOf(a, linearAlgebra);
  }

  /** L⁻¹ of each row (n × m), by a fresh factorisation of A. */
  Matrix whiten(Matrix rows) {
    addWaiting();
    return whiten(a, rows, linearAlgebra);
  }

  /** A = L Lᵀ; a ridge is added to {@code a} where it needs one. Null where m = 0. */
  static @Nullable Cholesky factorOf(Matrix a, LinearAlgebra linearAlgebra) {
    return a.rows() == 0 ? null : factorise(a, linearAlgebra);
  }

  /** L⁻¹ of each row (n × m), where A = L Lᵀ; a ridge is added to {@code a} where it needs one. */
  static Matrix whiten(Matrix a, Matrix rows, LinearAlgebra linearAlgebra) {
    Cholesky factor = factorOf(a, linearAlgebra);
    return factor == null ? rows.copy() : factor.whiten(rows);
  }

  private double[] forward(double[] x) {
    double[] y = x.clone();
    for (int j = 0; j < y.length; j++) {
      double[] column = columns[j];
      double pivot = y[j] / column[j];
      y[j] = pivot;
      for (int i = j + 1; i < y.length; i++) {
        y[i] = Math.fma(-column[i], pivot, y[i]);
      }
    }
    return y;
  }

  private void addWaiting() {
    int m = a.rows();
    Matrix rows = Matrix.zeros(waiting.size(), m);
    for (int i = 0; i < rows.rows(); i++) {
      System.arraycopy(waiting.get(i), 0, rows.values(), i * m, m);
    }
    double[] v = weights.stream().mapToDouble(Double::doubleValue).toArray();
    if (v.length > 0) {
      linearAlgebra.addWeightedGram(rows, v, a);
    }
    waiting.clear();
    weights.clear();
  }

  private static void rotate(double[] column, double[] y, int j) {
    double length = Math.hypot(column[j], y[j]);
    double cosine = column[j] / length;
    double sine = y[j] / length;
    column[j] = length;
    for (int i = j + 1; i < y.length; i++) {
      double rotated = Math.fma(cosine, column[i], sine * y[i]);
      y[i] = Math.fma(cosine, y[i], -sine * column[i]);
      column[i] = rotated;
    }
  }

  /** Adds a ridge to {@code a} where it needs one. */
  private static Cholesky factorise(Matrix a, LinearAlgebra linearAlgebra) {
    @Nullable Cholesky cholesky = linearAlgebra.cholesky(a);
    double greatest = cholesky == null ? greatest(a) : 0;
    double added = 0;
    for (double ridge = 1e-14 * greatest;
        cholesky == null && ridge <= 1e3 * greatest;
        ridge *= 10) {
      for (int i = 0; i < a.rows(); i++) {
        a.values()[i * a.rows() + i] += ridge - added;
      }
      added = ridge;
      cholesky = linearAlgebra.cholesky(a);
    }
    if (cholesky != null) {
      return cholesky;
    }
    throw new IllegalArgumentException(
        "information " + a.rows() + " × " + a.columns() + " is far from positive semidefinite");
  }

  /** What a ridge is measured by. */
  private static double greatest(Matrix a) {
    if (Arrays.stream(a.values()).allMatch(value -> value == 0)) {
      return OF_NOTHING;
    }
    double greatest = Double.MIN_NORMAL;
    for (int i = 0; i < a.rows(); i++) {
      greatest = Math.max(greatest, a.get(i, i));
    }
    return greatest;
  }
}
