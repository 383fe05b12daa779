package dev.tiebreak.evaluation;

/** The logistic function and its logarithm, without overflow. */
public final class Logistic {

  private Logistic() {}

  /** σ(t) = 1 / (1 + e⁻ᵗ), t in logits. */
  public static double sigmoid(double t) {
    if (t >= 0) {
      return 1 / (1 + Math.exp(-t));
    }
    double e = Math.exp(t);
    return e / (1 + e);
  }

  /** −log σ(−t) = log(1 + eᵗ) = max(t, 0) + log(1 + e^−|t|), in nats. */
  public static double softplus(double t) {
    return Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
  }
}
