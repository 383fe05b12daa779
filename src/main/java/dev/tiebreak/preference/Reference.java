package dev.tiebreak.preference;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * A grid point whose information was formed, from which that of others is predicted: with v₀ the
 * Fisher weights there, v those of another mode and h = xᵀ H⁻¹ x,
 *
 * <pre>{@code
 * Σ v x xᵀ ≈ κ Σ v₀ x xᵀ,  κ = Σ v h / Σ v₀ h
 * }</pre>
 *
 * <p>which makes log det H right to first order in v − κ v₀; with ρ = v / (κ v₀) − 1 the rest is at
 * most ½ κ Σ v₀ h ρ² to second order, and is what {@link Prediction#error} tells. Between exponents
 * the same matrix is rescaled.
 */
final class Reference {

  /**
   * What H is thought to be.
   *
   * @param factor of it
   * @param error of log det H, about, nats
   */
  record Prediction(Cholesky factor, double logDeterminant, double error) {}

  private final Differences differences;
  private final double[] variances;
  private final Mode mode;
  private final double[] scales;
  private final double lambda;
  private final LinearAlgebra algebra;
  private double @Nullable [] leverages;

  /**
   * A reference.
   *
   * @param variances count · v at the mode, N
   * @param scales S of the mode's exponent; empty where there is but one
   */
  Reference(
      Differences differences,
      double[] variances,
      Mode mode,
      double[] scales,
      double lambda,
      LinearAlgebra algebra) {
    this.differences = differences;
    this.variances = variances;
    this.mode = mode;
    this.scales = scales;
    this.lambda = lambda;
    this.algebra = algebra;
  }

  /** m. */
  int components() {
    return mode.coefficients().length;
  }

  /**
   * Predicts H for other Fisher weights, another exponent and another λ.
   *
   * @return null where that is not positive definite
   */
  @Nullable Prediction predict(double[] v, double[] toScales, double toLambda) {
    if (mode.jitter() > 0) {
      return null;
    }
    if (leverages == null) {
      leverages = differences.leverages(mode.factor());
    }
    double then = 0;
    double now = 0;
    for (int i = 0; i < v.length; i++) {
      then = Math.fma(variances[i], leverages[i], then);
      now = Math.fma(v[i], leverages[i], now);
    }
    double ratio = then > 0 && now > 0 ? now / then : 1;
    double error = 0;
    for (int i = 0; i < v.length; i++) {
      double expected = ratio * variances[i];
      double off = v[i] - expected;
      error += off == 0 ? 0 : leverages[i] * off * off / Math.max(expected, Math.abs(off) / 4);
    }
    Matrix moved = moved(mode.information(), lambda, scales, ratio, toScales, toLambda);
    Cholesky factor = algebra.cholesky(moved);
    return factor == null ? null : new Prediction(factor, factor.logDeterminant(), error / 2);
  }

  /** ratio · D (H − λ I) D + toLambda I, D the ratios of the scales. */
  static Matrix moved(
      Matrix information,
      double lambda,
      double[] scales,
      double ratio,
      double[] toScales,
      double toLambda) {
    int m = toScales.length == 0 ? information.rows() : toScales.length;
    double[] d = new double[m];
    for (int j = 0; j < m; j++) {
      d[j] = toScales.length == 0 ? 1 : toScales[j] / scales[j];
    }
    Matrix moved = Matrix.zeros(m, m);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        double data = information.get(i, j) - (i == j ? lambda : 0);
        moved.values()[i * m + j] = ratio * data * d[i] * d[j];
      }
      moved.values()[i * m + i] += toLambda;
    }
    return moved;
  }
}
