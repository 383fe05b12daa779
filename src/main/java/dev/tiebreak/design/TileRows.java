package dev.tiebreak.design;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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

  /** Rows of buckets that are whitened together. */
  private static final int TOGETHER = 2048;

  private record Step(double[] omega, double[] kappa, double gamma, double s) {}

  private final Tiling tiling;

  private final Vectors[] whitened;
  private final Vectors[] projected;
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
    this.whitened = new Vectors[tiling.buckets()];
    this.projected = new Vectors[tiling.buckets()];
    this.followed = new int[tiling.buckets()];
    Cholesky factor = Objects.requireNonNull(information.factor());
    Matrix projection = factor.whiten(rootRows).transposed();
    Matrix[] zeta = new Matrix[tiling.buckets()];
    Matrix[] y = new Matrix[tiling.buckets()];
    for (int from = 0, to; from < zeta.length; from = to) {
      to = from + 1;
      while (to < zeta.length && tiling.end(to) - tiling.start(from) <= TOGETHER) {
        to++;
      }
      Matrix some = factor.whiten(rows(features, tiling.start(from), tiling.end(to - 1)));
      split(some, from, to, zeta);
      split(linearAlgebra.multiply(some, projection), from, to, y);
    }
    double greatestZeta = greatest(zeta);
    double greatestY = greatest(y);
    Arrays.setAll(whitened, bucket -> new Vectors(zeta[bucket], greatestZeta));
    Arrays.setAll(projected, bucket -> new Vectors(y[bucket], greatestY));
  }

  private void split(Matrix rows, int from, int to, Matrix[] buckets) {
    int m = rows.columns();
    for (int bucket = from; bucket < to; bucket++) {
      int start = tiling.start(bucket) - tiling.start(from);
      int end = tiling.end(bucket) - tiling.start(from);
      double[] values = Arrays.copyOfRange(rows.values(), start * m, end * m);
      buckets[bucket] = new Matrix(end - start, m, values);
    }
  }

  /** The greatest number, or the least positive one where all are 0. */
  private static double greatest(Matrix[] matrices) {
    double greatest = Double.MIN_NORMAL;
    for (Matrix matrix : matrices) {
      for (double value : matrix.values()) {
        greatest = Math.max(greatest, Math.abs(value));
      }
    }
    return greatest;
  }

  /** How many pairs were added to A. */
  int steps() {
    return steps.size();
  }

  /** ζ of a bucket that has followed. */
  Vectors whitened(int bucket) {
    return whitened[bucket];
  }

  /** y of a bucket that has followed. */
  Vectors projected(int bucket) {
    return projected[bucket];
  }

  /** A ← A + v x xᵀ, for which only ω and κ of the pair are taken down. */
  void add(double[] omega, double[] kappa, double v) {
    double u = v * Vectors.product(omega, omega);
    double root = Math.sqrt(1 + u);
    steps.add(new Step(omega, kappa, v / (root * (1 + root)), v / (1 + u)));
  }

  /** Brings a bucket up to date. One thread at a time for each bucket. */
  void follow(int bucket) {
    for (int j = followed[bucket]; j < steps.size(); j++) {
      Step step = steps.get(j);
      double[] products = whitened[bucket].products(step.omega);
      whitened[bucket].add(products, -step.gamma, step.omega);
      projected[bucket].add(products, -step.s, step.kappa);
    }
    followed[bucket] = steps.size();
  }

  private Matrix rows(Matrix features, int from, int to) {
    int m = features.columns();
    Matrix rows = Matrix.zeros(to - from, m);
    for (int i = from; i < to; i++) {
      System.arraycopy(features.values(), tiling.row(i) * m, rows.values(), (i - from) * m, m);
    }
    return rows;
  }
}
