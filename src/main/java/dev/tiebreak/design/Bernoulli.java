package dev.tiebreak.design;

/** Entropies of a label, nats. */
final class Bernoulli {

  /** Half the number of nodes, and their distance, of the trapezoidal rule on a normal variable. */
  private static final int NODES = 7;

  private static final double STEP = 0.7;
  private static final double[] WEIGHTS = weights();

  private Bernoulli() {}

  /** −p ln p − (1 − p) ln(1 − p); 0 at p = 0 and 1. */
  static double entropy(double p) {
    return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log1p(-p);
  }

  /**
   * The mutual information of a label and its logit f ~ N(Δ, s²), at most s² / 8: h(E σ(f)) − E
   * h(σ(f)).
   *
   * <p>By the trapezoidal rule. Accuracy as tested: 1e-4 for s ≤ 5.
   */
  static double information(double difference, double deviation) {
    double p = 0;
    double entropy = 0;
    for (int i = -NODES; i <= NODES; i++) {
      double sigmoid = Logit.sigmoid(difference + deviation * STEP * i);
      p += WEIGHTS[i + NODES] * sigmoid;
      entropy += WEIGHTS[i + NODES] * entropy(sigmoid);
    }
    return Math.max(0, entropy(p) - entropy);
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
