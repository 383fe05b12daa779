package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;

/**
 * k distinct candidates drawn in proportion to their sensitivity, one after another without
 * replacement: the points of a coreset for Bayesian logistic regression. With clusters G_1..G_K of
 * the differences x, their centres μ_k and R = 1, the sensitivity of a candidate of cluster j is
 *
 * <p>|C| / (1 − exp(−R ‖x − μ_j‖) + Σ_k |G_k| exp(−R ‖x − μ_k‖)),
 *
 * <p>K = 10 clusters by k-means ({@link DifferenceClusters}). x is oriented as the candidate is,
 * and no verdict plays a part. A draw without replacement takes the greatest ln(sensitivity) + a
 * Gumbel number; that comes from the seed and the pair alone, so that nothing depends on threads.
 *
 * <p>Source: Huggins, Campbell, Broderick, Coresets for Scalable Bayesian Logistic Regression,
 * NeurIPS 2016, algorithm 1, with the centres not adjusted for each point as in the authors' fast
 * form, and with K and R as Shen, Sun, Ton, ICML 2025, use it; they draw with replacement. Cost:
 * |C| (m + K) multiply-adds and K exponentials a candidate; memory O(n K).
 */
final class Coreset implements RankingRule {

  private static final int CLUSTERS = 10;
  private static final double RADIUS = 1;

  @Override
  public RowScorer.Maker scorers(DesignState state) {
    DifferenceClusters clusters = DifferenceClusters.of(state, CLUSTERS);
    long key = state.uniform().below(Long.MAX_VALUE);
    RowScorer.Maker sensitivities = sensitivities(state, clusters);
    return () -> {
      RowScorer logarithms = sensitivities.make();
      return (a, partners, count, floor, scores) -> {
        logarithms.score(a, partners, count, Double.NEGATIVE_INFINITY, scores);
        for (int i = 0; i < count; i++) {
          scores[i] += gumbel(key, PairSet.pack(a, partners[i]));
        }
      };
    };
  }

  /** Scores the logarithm of the sensitivity. */
  static RowScorer.Maker sensitivities(DesignState state, DifferenceClusters clusters) {
    Matrix features = state.centred();
    RowScorer.Maker squares = new QuadraticScores(features, null);
    double[][] products = new double[clusters.centres().length][];
    double[] norms = new double[products.length];
    for (int k = 0; k < products.length; k++) {
      double[] centre = clusters.centres()[k];
      products[k] = state.linearAlgebra().multiply(features, centre);
      norms[k] = DifferenceClusters.squaredDistance(centre, new double[centre.length]);
    }
    double logCount = Math.log(state.candidates().count());
    return () -> {
      RowScorer forms = squares.make();
      return (a, partners, count, floor, scores) -> {
        forms.score(a, partners, count, Double.NEGATIVE_INFINITY, scores);
        for (int i = 0; i < count; i++) {
          double sum = 0;
          double nearest = Double.POSITIVE_INFINITY;
          for (int k = 0; k < norms.length; k++) {
            double product = products[k][a] - products[k][partners[i]];
            double distance = Math.sqrt(Math.max(0, scores[i] - 2 * product + norms[k]));
            nearest = Math.min(nearest, distance);
            sum += clusters.sizes()[k] * Math.exp(-RADIUS * distance);
          }
          scores[i] = logCount - Math.log(sum - Math.expm1(-RADIUS * nearest));
        }
      };
    };
  }

  /** −ln(−ln u), u in (0, 1) from the key and the pair by the finaliser of SplitMix64. */
  private static double gumbel(long key, long pair) {
    long bits = mix(key + mix(pair + 0x9E3779B97F4A7C15L));
    double u = ((bits >>> 11) + 0.5) * 0x1p-53;
    return -Math.log(-Math.log(u));
  }

  private static long mix(long value) {
    long bits = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }
}
