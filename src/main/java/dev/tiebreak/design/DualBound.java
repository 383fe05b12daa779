package dev.tiebreak.design;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An upper bound on the gain of k candidates. Weights in [0, 1] that sum to k are more than choices
 * of k, and f(w) = log det(A + Σ_C w v x xᵀ) is concave, so that at any M = A + Σ_C w v x xᵀ
 *
 * <p>max f ≤ log det M + Σ_(top k) g − Σ_C w g, g = v xᵀM⁻¹x, Σ_C w g = m − tr(M⁻¹A).
 *
 * <p>The batch itself is the first w; each step of Frank and Wolfe goes from w towards the k best
 * by g, as far as f rises. M is all that is kept of w. The least bound met counts.
 *
 * <p>Sources: Frank, Wolfe, An algorithm for quadratic programming, 1956; Jaggi, Revisiting
 * Frank–Wolfe, ICML 2013 (the duality gap).
 */
final class DualBound {

  /** Rounding of the bound, relative: it stays a bound. */
  private static final double ROUNDING = 1e-11;

  private final DesignState state;
  private final LinearAlgebra linearAlgebra;

  /** A, and √A's columns as rows. */
  private final Matrix a;

  private final Matrix root;
  private final double before;

  private DualBound(DesignState state, Matrix a, Cholesky factor) {
    this.state = state;
    this.linearAlgebra = state.linearAlgebra();
    this.a = a;
    this.root = factor.lower().transposed();
    this.before = factor.logDeterminant();
  }

  /**
   * The certificate of a choice of candidates.
   *
   * @param a A, m × m
   * @param batch packed
   * @param steps how many steps are gone at most, ≥ 0
   * @param goOn asked before each step
   * @return null where A is not numerically positive definite
   */
  static @Nullable Certificate of(
      DesignState state, Matrix a, long[] batch, int steps, BooleanSupplier goOn) {
    Cholesky factor = state.linearAlgebra().cholesky(a);
    return factor == null ? null : new DualBound(state, a, factor).certify(batch, steps, goOn);
  }

  private @Nullable Certificate certify(long[] batch, int steps, BooleanSupplier goOn) {
    Matrix m = with(batch);
    double gain = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int step = 0; step <= steps; step++) {
      Cholesky factor = linearAlgebra.cholesky(m);
      if (factor == null) {
        return null;
      }
      double reached = factor.logDeterminant() - before;
      if (step == 0) {
        gain = reached;
      }
      var scores = new QuadraticScores(factor.whiten(state.centred()), state.weights());
      TopPairs best = state.best(batch.length, state.taken(), scores);
      double total = Arrays.stream(best.scores()).sum();
      double weighted = m.rows() - squaredNorm(factor.whiten(root));
      double slack = ROUNDING * (1 + Math.abs(before) + reached + total);
      least = Math.min(least, reached + total - weighted + slack);
      if (least - gain <= 2 * slack || step == steps || !goOn.getAsBoolean()) {
        break;
      }
      m = step(m, factor, with(best.pairs()));
    }
    return new Certificate(gain, Math.max(gain, least));
  }

  /** A + Σ v x xᵀ over the pairs. */
  private Matrix with(long[] packed) {
    Matrix sum = a.copy();
    int[] first = Arrays.stream(packed).mapToInt(PairSet::first).toArray();
    int[] second = Arrays.stream(packed).mapToInt(PairSet::second).toArray();
    PairInformation.add(
        new Pairs(first, second), 1, state.centred(), state.weights(), linearAlgebra, sum);
    return sum;
  }

  /** (1 − γ) m + γ towards, with γ in [0, 1] where log det is greatest. */
  private Matrix step(Matrix m, Cholesky factor, Matrix towards) {
    Matrix half = factor.whiten(towards).transposed();
    SymmetricEigen eigen = linearAlgebra.eigen(factor.whiten(half));
    double share = bestShare(eigen.values());
    Matrix next = m.copy();
    for (int i = 0; i < next.values().length; i++) {
      next.values()[i] += share * (towards.values()[i] - m.values()[i]);
    }
    return next;
  }

  /** The γ at which Σ log(1 + γ (θ − 1)) is greatest: its derivative falls. */
  private static double bestShare(double[] eigenvalues) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;
      double slope = 0;
      for (double value : eigenvalues) {
        slope += (value - 1) / (1 + middle * (value - 1));
      }
      if (slope > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double squaredNorm(Matrix matrix) {
    double sum = 0;
    for (double value : matrix.values()) {
      sum = Math.fma(value, value, sum);
    }
    return sum;
  }
}
