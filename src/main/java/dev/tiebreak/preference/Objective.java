package dev.tiebreak.preference;

import dev.tiebreak.linalg.Matrix;

/**
 * L(u) = λ/2 ‖u‖² − Σ_pairs [ wins log σ(t) + (count − wins) log σ(−t) ], t = xᵀu: the negative log
 * posterior, in nats.
 */
record Objective(Differences x, PairCounts pairs, double lambda) {

  /**
   * L at a point.
   *
   * @param t the logits X u, N
   * @param gradient ∇L, m
   */
  record Point(double[] u, double[] t, double loss, double[] gradient) {}

  /**
   * L and its slope at a point of a line.
   *
   * @param t the logits there, N
   * @param residuals the derivative of −log likelihood in each logit, N
   */
  record OnLine(double s, double[] t, double[] residuals, double loss, double slope) {}

  int size() {
    return x.columns();
  }

  Point at(double[] u) {
    return at(u, x.logits(u));
  }

  private Point at(double[] u, double[] t) {
    double[] residuals = new double[t.length];
    double loss = lambda / 2 * dot(u, u) - pairs.logLikelihood(t, residuals);
    return new Point(u, t, loss, gradient(u, residuals));
  }

  /** L(0). */
  double lossAtOrigin() {
    return -pairs.logLikelihood(new double[pairs.size()], new double[pairs.size()]);
  }

  private double[] gradient(double[] u, double[] residuals) {
    double[] gradient = x.combine(residuals);
    for (int j = 0; j < gradient.length; j++) {
      gradient[j] = Math.fma(lambda, u[j], gradient[j]);
    }
    return gradient;
  }

  /** Σ_pairs [ wins log σ(t) + (count − wins) log σ(−t) ]. */
  double logLikelihood(double[] t) {
    return pairs.logLikelihood(t, new double[t.length]);
  }

  /**
   * L(u + s p) and its derivative in s.
   *
   * @param dt X p, N
   */
  OnLine along(Point from, double[] p, double[] dt, double s) {
    double up = dot(from.u(), p);
    double pp = dot(p, p);
    double[] t = new double[dt.length];
    for (int i = 0; i < t.length; i++) {
      t[i] = Math.fma(s, dt[i], from.t()[i]);
    }
    double[] residuals = new double[t.length];
    double logLikelihood = pairs.logLikelihood(t, residuals);
    double slope = Math.fma(lambda, up + s * pp, dot(residuals, dt));
    double loss = lambda / 2 * (dot(from.u(), from.u()) + s * (2 * up + s * pp));
    return new OnLine(s, t, residuals, loss - logLikelihood, slope);
  }

  /** The point u + s p that {@link #along} went to. */
  Point to(Point from, double[] p, OnLine at) {
    double[] u = new double[p.length];
    for (int j = 0; j < u.length; j++) {
      u[j] = Math.fma(at.s, p[j], from.u()[j]);
    }
    return new Point(u, at.t, at.loss, gradient(u, at.residuals));
  }

  /** H(u) = λ I + Σ count v x xᵀ, m × m. */
  Matrix information(Point point) {
    Matrix information = Matrix.scaledIdentity(size(), lambda);
    x.addInformation(variances(point.t()), information);
    return information;
  }

  /** count · v, N. */
  double[] variances(double[] t) {
    double[] variances = new double[t.length];
    for (int i = 0; i < variances.length; i++) {
      variances[i] = pairs.counts()[i] * Logistic.variance(t[i]);
    }
    return variances;
  }

  /** xᵀy, in four interleaved partial sums. */
  static double dot(double[] x, double[] y) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 4 <= x.length; j += 4) {
      s0 = Math.fma(x[j], y[j], s0);
      s1 = Math.fma(x[j + 1], y[j + 1], s1);
      s2 = Math.fma(x[j + 2], y[j + 2], s2);
      s3 = Math.fma(x[j + 3], y[j + 3], s3);
    }
    for (; j < x.length; j++) {
      s0 = Math.fma(x[j], y[j], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }

  static double largestMagnitude(double[] x) {
    double largest = 0;
    for (double value : x) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
