package dev.tiebreak.design;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * εI + Σ_C ω x xᵀ, by the Laplacian identity Σ_(a&lt;b) ω_ab (z_a − z_b)(z_a − z_b)ᵀ = Zᵀ D Z − ZᵀY
 * − (ZᵀY)ᵀ, where Y = ΩZ with Ω the weights above the diagonal and D the diagonal of each row's sum
 * of weights on both sides. Neither the pairs nor an outer product for each are formed.
 */
final class CandidateInformation {

  /** ε, which stands in for a prior in the rules that have none. */
  static final double EPSILON = 1e-6;

  private static final int BLOCK = 128;

  private final CandidateSet candidates;
  private final LinearAlgebra linearAlgebra;
  private final Matrix features;
  private final double @Nullable [] rewards;
  private final double[] degrees;
  private final Matrix products;

  private CandidateInformation(DesignState state, double @Nullable [] rewards) {
    this.candidates = state.candidates();
    this.linearAlgebra = state.linearAlgebra();
    this.features = state.centred();
    this.rewards = rewards;
    this.degrees = new double[features.rows()];
    this.products = Matrix.zeros(features.rows(), features.columns());
  }

  /**
   * εI + Σ_C ω x xᵀ, m × m, with ω = v at the rewards, or 1 where they are null.
   *
   * <p>Cost: |C| m + n m² multiply-adds, and |C| exponentials where weighted; O(n m) memory.
   */
  static Matrix of(DesignState state, double @Nullable [] rewards) {
    int m = state.centred().columns();
    Matrix sum = Matrix.scaledIdentity(m, EPSILON);
    if (m > 0) {
      new CandidateInformation(state, rewards).addTo(sum);
    }
    return sum;
  }

  /** The centred features whitened by A (with a ridge where it is not positive definite). */
  static Matrix whiten(DesignState state, Matrix a) {
    return Information.whiten(a, state.centred(), state.linearAlgebra());
  }

  private void addTo(Matrix sum) {
    if (candidates.dense()) {
      for (int first = 0; first < candidates.rows(); first += BLOCK) {
        multiplyBlock(first, Math.min(first + BLOCK, candidates.rows()));
      }
    } else {
      multiplyListed();
    }
    linearAlgebra.addWeightedGram(features, degrees, sum);
    int m = sum.columns();
    double[] cross = linearAlgebra.multiply(transposed(features), products).values();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        sum.values()[i * m + j] -= cross[i * m + j] + cross[j * m + i];
      }
    }
  }

  /** Y of the rows first..end − 1, as one product of their weights with all rows from first on. */
  private void multiplyBlock(int first, int end) {
    int rows = candidates.rows();
    int m = features.columns();
    Matrix weights = Matrix.zeros(end - first, rows - first);
    int[] partners = new int[rows];
    for (int a = first; a < end; a++) {
      int count = candidates.partners(a, 0, rows, partners);
      for (int i = 0; i < count; i++) {
        int place = (a - first) * (rows - first) + partners[i] - first;
        weights.values()[place] = weigh(a, partners[i]);
      }
    }
    double[] tail = Arrays.copyOfRange(features.values(), first * m, rows * m);
    Matrix product = linearAlgebra.multiply(weights, new Matrix(rows - first, m, tail));
    System.arraycopy(product.values(), 0, products.values(), first * m, (end - first) * m);
  }

  private void multiplyListed() {
    int m = features.columns();
    double[] z = features.values();
    double[] y = products.values();
    int[] partners = new int[candidates.widestRow()];
    for (int a = 0; a < candidates.rows(); a++) {
      int count = candidates.partners(a, 0, candidates.rows(), partners);
      for (int i = 0; i < count; i++) {
        double weight = weigh(a, partners[i]);
        int b = partners[i] * m;
        for (int j = 0; j < m; j++) {
          y[a * m + j] = Math.fma(weight, z[b + j], y[a * m + j]);
        }
      }
    }
  }

  /** The weight of a pair, which is added to both rows' degrees. */
  private double weigh(int a, int b) {
    double weight = rewards == null ? 1 : Logit.variance(rewards[a] - rewards[b]);
    degrees[a] += weight;
    degrees[b] += weight;
    return weight;
  }

  private static Matrix transposed(Matrix rows) {
    Matrix transposed = Matrix.zeros(rows.columns(), rows.rows());
    for (int i = 0; i < rows.rows(); i++) {
      for (int j = 0; j < rows.columns(); j++) {
        transposed.values()[j * rows.rows() + i] = rows.get(i, j);
      }
    }
    return transposed;
  }
}
