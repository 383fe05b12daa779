package dev.tiebreak.preference;

/**
 * The logistic function and its relatives, without overflow or cancellation at any finite logit.
 */
public final class Logistic {

  private Logistic() {}

  /** σ(t) = 1 / (1 + e^(−t)). */
  public static double sigmoid(double t) {
    double e = Math.exp(-Math.abs(t));
    return (t >= 0 ? 1 : e) / (1 + e);
  }

  /** The Bernoulli variance σ(t) (1 − σ(t)), at most ¼; 0 from |t| of about 745 on. */
  public static double variance(double t) {
    double e = Math.exp(-Math.abs(t));
    return e / ((1 + e) * (1 + e));
  }

  /** −log σ(−t) = log(1 + eᵗ) = max(t, 0) + log(1 + e^−|t|), in nats. */
  public static double softplus(double t) {
    return Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
  }
}
