package dev.tiebreak.design;

import java.util.Arrays;

/**
 * The joint distribution of the labels of the pairs added so far, under w uniform on S samples, of
 * which each pair brings its probabilities p_s. It is held as configurations of labels with their
 * probabilities and what each makes of the weights of the samples. All 2^b configurations are held
 * while they are at most a limit; from then on each draws the label of a further pair from its own
 * conditional distribution, and keeps its probability. Mutable.
 *
 * <p>Source: Kirsch, van Amersfoort, Gal, BatchBALD, NeurIPS 2019, equations 8 to 10, conditioned
 * on the configuration. Cost: configurations · S multiply-adds a call; memory the same.
 */
final class JointLabels {

  private final int most;
  private final Uniform uniform;
  private double[] probabilities = {1};

  /** The weights of the samples in each configuration, of sum 1. */
  private double[][] weights;

  /** No pairs, {@code samples} samples, at most {@code most} configurations. */
  JointLabels(int samples, int most, Uniform uniform) {
    this.most = most;
    this.uniform = uniform;
    this.weights = new double[1][samples];
    Arrays.fill(weights[0], 1.0 / samples);
  }

  /**
   * The information that a further pair's label adds on w, nats: the mean over the configurations
   * of h(Σ weight · p), less the mean of h(p_s).
   */
  double gain(double[] p) {
    double joint = 0;
    for (int i = 0; i < weights.length; i++) {
      joint += probabilities[i] * Bernoulli.entropy(Vectors.product(weights[i], p));
    }
    double conditional = 0;
    for (double value : p) {
      conditional += Bernoulli.entropy(value) / p.length;
    }
    return joint - conditional;
  }

  /** Adds a pair. */
  void add(double[] p) {
    double[] q = new double[p.length];
    Arrays.setAll(q, s -> 1 - p[s]);
    if (2 * weights.length <= most) {
      branch(p, q);
    } else {
      for (int i = 0; i < weights.length; i++) {
        boolean first = uniform.unit() < Vectors.product(weights[i], p);
        weights[i] = conditioned(weights[i], first ? p : q);
      }
    }
  }

  private void branch(double[] p, double[] q) {
    double[][] branched = new double[2 * weights.length][];
    double[] branchedProbabilities = new double[branched.length];
    int size = 0;
    for (int i = 0; i < weights.length; i++) {
      double first = Vectors.product(weights[i], p);
      double second = Vectors.product(weights[i], q);
      if (first > 0) {
        branchedProbabilities[size] = probabilities[i] * first;
        branched[size++] = conditioned(weights[i], p);
      }
      if (second > 0) {
        branchedProbabilities[size] = probabilities[i] * second;
        branched[size++] = conditioned(weights[i], q);
      }
    }
    weights = Arrays.copyOf(branched, size);
    probabilities = Arrays.copyOf(branchedProbabilities, size);
  }

  private static double[] conditioned(double[] weights, double[] likelihood) {
    double sum = Vectors.product(weights, likelihood);
    double[] conditioned = new double[weights.length];
    for (int s = 0; s < weights.length; s++) {
      conditioned[s] = weights[s] * likelihood[s] / sum;
    }
    return conditioned;
  }
}
