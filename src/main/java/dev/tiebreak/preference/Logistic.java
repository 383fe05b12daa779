package dev.tiebreak.preference;

/**
 * The logistic function and its relatives, without overflow or cancellation at any finite logit.
 */
final class Logistic {

  private Logistic() {}

  /** log σ(t) = −log(1 + e^(−t)). */
  static double logSigmoid(double t) {
    return Math.min(t, 0) - Math.log1p(Math.exp(-Math.abs(t)));
  }

  /** σ(t) = 1 / (1 + e^(−t)). */
  static double sigmoid(double t) {
    double e = Math.exp(-Math.abs(t));
    return (t >= 0 ? 1 : e) / (1 + e);
  }

  /** The Bernoulli variance σ(t) (1 − σ(t)). */
  static double variance(double t) {
    double e = Math.exp(-Math.abs(t));
    return e / ((1 + e) * (1 + e));
  }

  /** count · σ(t) − wins, to full relative accuracy where wins is 0 or count. */
  static double residual(double t, double count, double wins) {
    double e = Math.exp(-Math.abs(t));
    double lesser = count * e / (1 + e);
    return t >= 0 ? (count - wins) - lesser : lesser - wins;
  }
}
