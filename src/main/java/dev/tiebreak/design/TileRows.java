package dev.tiebreak.design;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * For each row z the vectors ζ = L⁻¹z, A = L Lᵀ, and y = ρA⁻¹z, T = ρᵀρ, so that xᵀA⁻¹x = ‖ζ_a −
 * ζ_b‖² and xᵀA⁻¹TA⁻¹x = ‖y_a − y_b‖². They follow A ← A + v x xᵀ bucket by bucket when they are
 * asked for, with ω = ζ_a − ζ_b and κ = y_a − y_b of the pair added:
 *
 * <p>ζ ← ζ − γ (ωᵀζ) ω, y ← y − s (ωᵀζ) κ, with u = v ‖ω‖², s = v / (1 + u) and γ = v / (√(1 + u)
 * (1 + √(1 + u))), for which (I − γ ω ωᵀ)² = I − s ω ωᵀ.
 *
 * <p>Cost: n m² / 2 + n m r to build, 3 m multiply-adds a row and pair added; memory n (m + r).
 */
final class TileRows {

  private static final int CHUNK = 2048;

  private record Step(double[] omega, double[] kappa, double gamma, double s) {}

  private final Tiling tiling;

  /** By bucket, component and row, as scans over rows want it. */
  private final double[][][] whitened;

  private final double[][][] projected;
  private final int[] followed;
  private final List<Step> steps = new ArrayList<>();

  /**
   * Computes both by a fresh factorisation.
   *
   * @param rootRows ρ, r × m
   */
  TileRows(
      Tiling tiling,
      Matrix features,
      Information information,
      Matrix rootRows,
      LinearAlgebra linearAlgebra) {
    this.tiling = tiling;
    int m = features.columns();
    whitened = new double[tiling.buckets()][m][];
    projected = new double[tiling.buckets()][rootRows.rows()][];
    followed = new int[tiling.buckets()];
    Cholesky factor = information.factor(linearAlgebra);
    Matrix projection = transposed(factor.whiten(rootRows));
    for (int bucket = 0, next; bucket < tiling.buckets(); bucket = next) {
      next = bucket + 1;
      while (next < tiling.buckets() && tiling.end(next) - tiling.start(bucket) <= CHUNK) {
        next++;
      }
      Matrix zeta = factor.whiten(rows(features, tiling.start(bucket), tiling.end(next - 1)));
      Matrix y = linearAlgebra.multiply(zeta, projection);
      for (int i = bucket; i < next; i++) {
        int offset = tiling.start(i) - tiling.start(bucket);
        scatter(zeta, offset, tiling.end(i) - tiling.start(i), whitened[i]);
        scatter(y, offset, tiling.end(i) - tiling.start(i), projected[i]);
      }
    }
  }

  /** How many pairs were added to A. */
  int steps() {
    return steps.size();
  }

  /** ζ by component and row of a bucket, as of when it last followed. */
  double[][] whitened(int bucket) {
    return whitened[bucket];
  }

  /** y by component and row of a bucket, as of when it last followed. */
  double[][] projected(int bucket) {
    return projected[bucket];
  }

  /** A ← A + v x xᵀ, for which only ω and κ of the pair are taken down. */
  void add(double[] omega, double[] kappa, double v) {
    double u = v * squaredNorm(omega);
    double root = Math.sqrt(1 + u);
    steps.add(new Step(omega, kappa, v / (root * (1 + root)), v / (1 + u)));
  }

  /** Brings a bucket up to date. One thread at a time for each bucket. */
  void follow(int bucket) {
    int size = tiling.end(bucket) - tiling.start(bucket);
    double[] products = new double[size];
    for (int i = followed[bucket]; i < steps.size(); i++) {
      Step step = steps.get(i);
      Arrays.fill(products, 0);
      for (int c = 0; c < step.omega.length; c++) {
        add(step.omega[c], whitened[bucket][c], products);
      }
      for (int c = 0; c < step.omega.length; c++) {
        add(-step.gamma * step.omega[c], products, whitened[bucket][c]);
      }
      for (int c = 0; c < step.kappa.length; c++) {
        add(-step.s * step.kappa[c], products, projected[bucket][c]);
      }
    }
    followed[bucket] = steps.size();
  }

  private static void add(double scale, double[] from, double[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = Math.fma(scale, from[i], into[i]);
    }
  }

  static double squaredNorm(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum = Math.fma(value, value, sum);
    }
    return sum;
  }

  private Matrix rows(Matrix features, int from, int to) {
    int m = features.columns();
    Matrix rows = Matrix.zeros(to - from, m);
    for (int i = from; i < to; i++) {
      System.arraycopy(features.values(), tiling.row(i) * m, rows.values(), (i - from) * m, m);
    }
    return rows;
  }

  private static void scatter(Matrix rows, int offset, int count, double[][] into) {
    for (int c = 0; c < into.length; c++) {
      into[c] = new double[count];
      for (int i = 0; i < count; i++) {
        into[c][i] = rows.get(offset + i, c);
      }
    }
  }

  private static Matrix transposed(Matrix rows) {
    Matrix transposed = Matrix.zeros(rows.columns(), rows.rows());
    for (int i = 0; i < rows.rows(); i++) {
      for (int j = 0; j < rows.columns(); j++) {
        transposed.values()[j * rows.rows() + i] = rows.get(i, j);
      }
    }
    return transposed;
  }
}
