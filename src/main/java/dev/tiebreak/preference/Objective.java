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

  /** Odds above which 1 + odds keeps all that a sum of logarithms needs of them. */
  private static final double LEAST_ODDS = 1e-5;

  /** Where a product of factors of 1 to 2 is turned into a logarithm. */
  private static final double GREATEST_PRODUCT = 0x1p1000;

  int size() {
    return x.columns();
  }

  Point at(double[] u) {
    return at(u, x.logits(u));
  }

  private Point at(double[] u, double[] t) {
    double[] residuals = new double[t.length];
    double loss = lambda / 2 * dot(u, u) - evaluate(t, residuals);
    return new Point(u, t, loss, gradient(u, residuals));
  }

  /** L(0). */
  double lossAtOrigin() {
    return -evaluate(new double[pairs.size()], new double[pairs.size()]);
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
    return evaluate(t, new double[t.length]);
  }

  /**
   * The log likelihood and, negated, its derivative in each logit, with one exponential a pair:
   * logarithms of 1 + e^(−|t|) are taken of products of hundreds of them.
   */
  private double evaluate(double[] t, double[] residuals) {
    double[] counts = pairs.counts();
    double[] wins = pairs.wins();
    double product = 1;
    double sum = 0;
    for (int i = 0; i < t.length; i++) {
      double count = counts[i];
      double odds = Math.exp(-Math.abs(t[i]));
      double losses = count - wins[i];
      double lesser = count * odds / (1 + odds);
      if (count == 1 && odds > LEAST_ODDS) {
        product *= 1 + odds;
        if (product > GREATEST_PRODUCT) {
          sum -= Math.log(product);
          product = 1;
        }
      } else {
        sum -= count * Math.log1p(odds);
      }
      residuals[i] = t[i] >= 0 ? losses - lesser : lesser - wins[i];
      sum -= t[i] >= 0 ? losses * t[i] : -wins[i] * t[i];
    }
    return sum - Math.log(product);
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
    double logLikelihood = evaluate(t, residuals);
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
