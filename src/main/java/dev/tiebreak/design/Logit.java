package dev.tiebreak.design;

/** The Bradley–Terry probability and its variance, without overflow for any finite logit. */
final class Logit {

  private Logit() {}

  /** σ(t) = 1 / (1 + e⁻ᵗ). */
  static double sigmoid(double t) {
    double e = Math.exp(-Math.abs(t));
    return (t >= 0 ? 1 : e) / (1 + e);
  }

  /** v = σ(t) (1 − σ(t)) to full relative accuracy, at most ¼; 0 from |t| of about 745 on. */
  static double variance(double t) {
    double e = Math.exp(-Math.abs(t));
    return e / ((1 + e) * (1 + e));
  }
}
