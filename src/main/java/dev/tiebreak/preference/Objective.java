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

  /** L and its slope on a line. */
  record OnLine(double loss, double slope) {}

  int size() {
    return x.columns();
  }

  Point at(double[] u) {
    return at(u, x.logits(u));
  }

  Point at(double[] u, double[] t) {
    double loss = lambda / 2 * dot(u, u) - logLikelihood(t);
    double[] residuals = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      residuals[i] = Logistic.residual(t[i], pairs.counts()[i], pairs.wins()[i]);
    }
    double[] gradient = x.combine(residuals);
    for (int j = 0; j < gradient.length; j++) {
      gradient[j] = Math.fma(lambda, u[j], gradient[j]);
    }
    return new Point(u, t, loss, gradient);
  }

  /** Σ_pairs [ wins log σ(t) + (count − wins) log σ(−t) ]. */
  double logLikelihood(double[] t) {
    double sum = 0;
    for (int i = 0; i < t.length; i++) {
      double count = pairs.counts()[i];
      double wins = pairs.wins()[i];
      double against = t[i] >= 0 ? (wins - count) * t[i] : wins * t[i];
      sum += count * Logistic.logSigmoid(Math.abs(t[i])) + against;
    }
    return sum;
  }

  /**
   * L(u + s p) and its derivative in s.
   *
   * @param dt X p, N
   */
  OnLine along(Point from, double[] p, double[] dt, double s) {
    double up = dot(from.u(), p);
    double pp = dot(p, p);
    double slope = lambda * (up + s * pp);
    double[] t = new double[dt.length];
    for (int i = 0; i < t.length; i++) {
      t[i] = Math.fma(s, dt[i], from.t()[i]);
      slope += Logistic.residual(t[i], pairs.counts()[i], pairs.wins()[i]) * dt[i];
    }
    double loss = lambda / 2 * (dot(from.u(), from.u()) + s * (2 * up + s * pp));
    return new OnLine(loss - logLikelihood(t), slope);
  }

  /** H(u) = λ I + Σ count v x xᵀ, m × m. */
  Matrix information(Point point) {
    double[] weights = new double[point.t().length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = pairs.counts()[i] * Logistic.variance(point.t()[i]);
    }
    Matrix information = Matrix.scaledIdentity(size(), lambda);
    x.addInformation(weights, information);
    return information;
  }

  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum = Math.fma(x[j], y[j], sum);
    }
    return sum;
  }

  static double largestMagnitude(double[] x) {
    double largest = 0;
    for (double value : x) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
