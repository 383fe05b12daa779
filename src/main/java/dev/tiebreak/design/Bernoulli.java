package dev.tiebreak.design;

/** Entropies of a label, nats. */
final class Bernoulli {

  /** The nodes of the trapezoidal rule on either side, and their distance. */
  private static final int NODES = 7;

  private static final double STEP = 0.7;

  private static final double[] WEIGHTS = weights();

  private Bernoulli() {}

  /** −p ln p − (1 − p) ln(1 − p); 0 at p = 0 and 1. */
  static double entropy(double p) {
    return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log1p(-p);
  }

  /**
   * The mutual information h(E σ(f)) − E h(σ(f)) of a label and its logit f ~ N(Δ, s²), nats: at
   * most s² / 8, as the second derivative of ln(1 + eᶠ) is at most ¼.
   *
   * <p>By the trapezoidal rule with 15 nodes. Accuracy as tested: 2e-3 for s ≤ 3, 0.02 for s ≤ 5,
   * 0.1 for s ≤ 10.
   *
   * @param variance s²
   */
  static double information(double difference, double variance) {
    double deviation = Math.sqrt(variance);
    double p = 0;
    double conditional = 0;
    for (int i = -NODES; i <= NODES; i++) {
      double logit = Math.abs(difference) + deviation * STEP * i;
      double e = Math.exp(-Math.abs(logit));
      double rarer = e / (1 + e);
      p += WEIGHTS[i + NODES] * (logit >= 0 ? rarer : 1 - rarer);
      // h(σ(f)) = ln(1 + e^−|f|) + |f| σ(−|f|)
      conditional += WEIGHTS[i + NODES] * (Math.log1p(e) + Math.abs(logit) * rarer);
    }
    return Math.min(variance / 8, Math.max(0, entropy(p) - conditional));
  }

  private static double[] weights() {
    double[] weights = new double[2 * NODES + 1];
    double sum = 0;
    for (int i = -NODES; i <= NODES; i++) {
      weights[i + NODES] = Math.exp(-0.5 * STEP * STEP * i * i);
      sum += weights[i + NODES];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
