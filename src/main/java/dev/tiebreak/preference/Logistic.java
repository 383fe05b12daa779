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

  /**
   * The Fisher information of a verdict on its logit where ties have the tie parameter ν, as {@link
   * TieModel#DAVIDSON} has it: ¼ [P(a) + P(b) − (P(a) − P(b))²], at most ½ / (2 + ν) for ν ≤ 4 and
   * then falling in |t|. That of {@link #variance(double)} for ν = 0.
   */
  public static double variance(double t, double nu) {
    double e = Math.exp(-Math.abs(t) / 2);
    double sum = 1 + e * e + nu * e;
    return (e * e + nu * e * (1 + e * e) / 4) / (sum * sum);
  }
}
