package dev.tiebreak.design;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
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
  private final LinearAlgebra linearAlgebra;
  private double[] probabilities = {1};

  /** The weights of the samples in each configuration, of sum 1: configurations × samples. */
  private Matrix weights;

  /** No pairs, {@code samples} samples, at most {@code most} configurations. */
  JointLabels(int samples, int most, Uniform uniform, LinearAlgebra linearAlgebra) {
    this.most = most;
    this.uniform = uniform;
    this.linearAlgebra = linearAlgebra;
    this.weights = Matrix.zeros(1, samples);
    Arrays.fill(weights.values(), 1.0 / samples);
  }

  /**
   * The information that a further pair's label adds on w, nats: the mean over the configurations
   * of h(Σ weight · p), less the mean of h(p_s).
   */
  double gain(double[] p) {
    double[] conditioned = linearAlgebra.multiply(weights, p);
    double joint = 0;
    for (int i = 0; i < conditioned.length; i++) {
      joint += probabilities[i] * Bernoulli.entropy(conditioned[i]);
    }
    return joint - meanEntropy(p);
  }

  private static double meanEntropy(double[] p) {
    double sum = 0;
    for (double value : p) {
      sum += Bernoulli.entropy(value);
    }
    return sum / p.length;
  }

  /** Adds a pair. */
  void add(double[] p) {
    double[] q = Arrays.stream(p).map(value -> 1 - value).toArray();
    double[] first = linearAlgebra.multiply(weights, p);
    int configurations = first.length;
    boolean all = 2 * configurations <= most;
    Matrix next = Matrix.zeros(all ? 2 * configurations : configurations, p.length);
    double[] nextProbabilities = new double[next.rows()];
    int size = 0;
    for (int i = 0; i < configurations; i++) {
      boolean drawn = all || uniform.unit() < first[i];
      double share = condition(i, drawn ? p : q, next, size);
      if (share > 0) {
        nextProbabilities[size++] = probabilities[i] * (all ? share : 1);
      }
      double rest = all || share == 0 ? condition(i, drawn ? q : p, next, size) : 0;
      if (rest > 0) {
        nextProbabilities[size++] = probabilities[i] * (all ? rest : 1);
      }
    }
    weights = new Matrix(size, p.length, Arrays.copyOf(next.values(), size * p.length));
    probabilities = Arrays.copyOf(nextProbabilities, size);
  }

  /** Writes the weights of configuration i times a likelihood, of sum 1 again; their sum before. */
  private double condition(int i, double[] likelihood, Matrix into, int row) {
    int samples = likelihood.length;
    double sum = 0;
    for (int s = 0; s < samples; s++) {
      sum += weights.get(i, s) * likelihood[s];
    }
    for (int s = 0; s < samples && sum > 0; s++) {
      into.values()[row * samples + s] = weights.get(i, s) * likelihood[s] / sum;
    }
    return sum;
  }
}
