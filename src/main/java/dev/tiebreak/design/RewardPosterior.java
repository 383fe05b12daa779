package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;

/**
 * The rewards under the Laplace posterior w ~ N(w*, H⁻¹): with ζ = L⁻¹z, H = L Lᵀ, a draw of w
 * gives the reward r + ζᵀξ, ξ standard normal, and a reward difference has standard deviation ‖ζ_a
 * − ζ_b‖. What is pending or drawn at random is not in H.
 *
 * <p>Cost: n m² / 2 multiply-adds to make, m for a deviation or a reward; memory n m.
 */
final class RewardPosterior {

  private final double[] rewards;
  private final Matrix whitened;
  private final Uniform uniform;

  RewardPosterior(DesignState state) {
    this.rewards = state.rewards();
    this.uniform = state.uniform();
    this.whitened =
        Information.whiten(
            state.problem().information().copy(), state.centred(), state.linearAlgebra());
  }

  /** Δ = r_i − r_j at w*, logits. */
  double difference(int i, int j) {
    return rewards[i] - rewards[j];
  }

  /** s, the standard deviation of Δ, logits. */
  double deviation(int i, int j) {
    int m = whitened.columns();
    double[] values = whitened.values();
    double sum = 0;
    for (int c = 0; c < m; c++) {
      double x = values[i * m + c] - values[j * m + c];
      sum = Math.fma(x, x, sum);
    }
    return Math.sqrt(sum);
  }

  /** A draw of w, as the ξ that {@link #reward} takes. */
  double[] draw() {
    return uniform.normals(whitened.columns());
  }

  /** The reward of a row under a draw, but for a constant. */
  double reward(double[] draw, int row) {
    double sum = rewards[row];
    for (int c = 0; c < draw.length; c++) {
      sum = Math.fma(draw[c], whitened.get(row, c), sum);
    }
    return sum;
  }

  /** One of {@code rows}, uniformly. */
  int any(int[] rows) {
    return rows[(int) uniform.below(rows.length)];
  }
}
