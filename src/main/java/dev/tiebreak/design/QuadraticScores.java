package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Logistic;
import org.jspecify.annotations.Nullable;

/**
 * The scores v xᵀA⁻¹x, or xᵀA⁻¹x, from rows ζ = L⁻¹z whitened once a response: xᵀA⁻¹x = ‖ζ_a −
 * ζ_b‖².
 *
 * @param whitened ζ, n × m
 * @param rewards for weights v, n, logits; null for weights of one
 */
record QuadraticScores(Matrix whitened, double @Nullable [] rewards) implements PairScores {

  @Override
  public RowScorer make() {
    return new QuadraticForms(whitened, rewards);
  }

  @Override
  public double score(int a, int b) {
    double form = form(whitened.values(), a, b, whitened.columns());
    return rewards == null ? form : form * Logistic.variance(rewards[a] - rewards[b]);
  }

  /**
   * ‖ζ_a − ζ_b‖², by eight interleaved partial sums: the same numbers for the same rows, whoever
   * asks.
   */
  static double form(double[] values, int a, int b, int m) {
    int p = a * m;
    int q = b * m;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int j = 0;
    for (; j + 8 <= m; j += 8, p += 8, q += 8) {
      double t0 = values[p] - values[q];
      double t1 = values[p + 1] - values[q + 1];
      double t2 = values[p + 2] - values[q + 2];
      double t3 = values[p + 3] - values[q + 3];
      double t4 = values[p + 4] - values[q + 4];
      double t5 = values[p + 5] - values[q + 5];
      double t6 = values[p + 6] - values[q + 6];
      double t7 = values[p + 7] - values[q + 7];
      s0 = Math.fma(t0, t0, s0);
      s1 = Math.fma(t1, t1, s1);
      s2 = Math.fma(t2, t2, s2);
      s3 = Math.fma(t3, t3, s3);
      s4 = Math.fma(t4, t4, s4);
      s5 = Math.fma(t5, t5, s5);
      s6 = Math.fma(t6, t6, s6);
      s7 = Math.fma(t7, t7, s7);
    }
    double rest = 0;
    for (; j < m; j++, p++, q++) {
      double t = values[p] - values[q];
      rest = Math.fma(t, t, rest);
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)) + rest;
  }
}
