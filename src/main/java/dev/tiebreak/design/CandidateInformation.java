package dev.tiebreak.design;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * εI + Σ_C ω x xᵀ, by the Laplacian identity Σ_(a&lt;b) ω_ab (z_a − z_b)(z_a − z_b)ᵀ = Zᵀ D Z − ZᵀY
 * − (ZᵀY)ᵀ, where Y = ΩZ with Ω the weights above the diagonal and D the diagonal of each row's sum
 * of weights on both sides. Neither the pairs nor an outer product for each are formed.
 *
 * <p>Where the candidates are most of all pairs and the weight has a short expansion Ω = T K Tᵀ,
 * the sum over all pairs is Zᵀ diag(T K Tᵀ1) Z − (TᵀZ)ᵀ K (TᵀZ), and the pairs that are no
 * candidates are taken off by the identity.
 */
final class CandidateInformation {

  /** ε, which stands in for a prior in the rules that have none. */
  static final double EPSILON = 1e-6;

  private static final int BLOCK = 128;
  private static final int EXPANSION_BLOCK = 2048;
  private static final int MOST_TERMS = 512;

  private final LinearAlgebra linearAlgebra;
  private final Matrix features;
  private final @Nullable FisherWeights fisher;

  /** D, and Y, of what has been added so far. */
  private final double[] degrees;

  private final Matrix products;
  private boolean listed;

  private CandidateInformation(DesignState state, @Nullable FisherWeights fisher) {
    this.linearAlgebra = state.linearAlgebra();
    this.features = state.centred();
    this.fisher = fisher;
    this.degrees = new double[features.rows()];
    this.products = Matrix.zeros(features.rows(), features.columns());
  }

  /**
   * εI + Σ_C ω x xᵀ, m × m, with ω = 1 where the weights are null.
   *
   * <p>Cost: n m (terms + m) multiply-adds where the weight has an expansion, {@code |C|} m + n m²
   * and {@code |C|} exponentials where it has not; O(n m) memory. Accuracy as tested: 1e-12 of each
   * diagonal entry, 1e-9 where rewards span thousands of logits, as then only rows close to each
   * other count and the identity cancels.
   */
  static Matrix of(DesignState state, @Nullable FisherWeights fisher) {
    int m = state.columns();
    Matrix sum = Matrix.scaledIdentity(m, EPSILON);
    if (state.candidates() instanceof SampledPairs sampled
        && sampled.count() <= 2L * sampled.rows()) {
      Matrix features = state.problem().features();
      PairInformation.add(sampled.pairs(), 1, features, fisher, state.linearAlgebra(), sum);
    } else if (m > 0) {
      var information = new CandidateInformation(state, fisher);
      VarianceExpansion expansion = expansion(state.candidates(), fisher);
      if (expansion != null && state.candidates() instanceof AllowedPairs allowed) {
        information.addAll(expansion, sum);
        allowed.forEachOther(others -> information.addListed(others, -1));
      } else {
        information.add(state.candidates());
      }
      information.addTo(sum);
    }
    return sum;
  }

  /**
   * The scores v xᵀA⁻¹x, or with v = 1 where the weights are null; a ridge is added to {@code a}
   * where it is not positive definite.
   */
  static PairScores scores(DesignState state, Matrix a, @Nullable FisherWeights weights) {
    return PairScores.of(state, Information.factorOf(a, state.linearAlgebra()), weights);
  }

  /** Null where the pairs themselves are to be gone through. */
  private static @Nullable VarianceExpansion expansion(
      CandidateSet candidates, @Nullable FisherWeights fisher) {
    long n = candidates.rows();
    boolean most = candidates.dense() && candidates.count() >= n * (n - 1) / 4;
    if (!most || candidates.count() == 0) {
      return null;
    }
    if (fisher == null) {
      return VarianceExpansion.one();
    }
    return fisher.logistic()
        ? VarianceExpansion.of(fisher.rewards(), (int) Math.min(MOST_TERMS, n / 4))
        : null;
  }

  private double @Nullable [] rewards() {
    return fisher == null ? null : fisher.rewards();
  }

  private void addTo(Matrix sum) {
    linearAlgebra.addWeightedGram(features, degrees, sum);
    if (!listed) {
      return;
    }
    int m = sum.columns();
    double[] cross = linearAlgebra.multiply(features.transposed(), products).values();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        sum.values()[i * m + j] -= cross[i * m + j] + cross[j * m + i];
      }
    }
  }

  /** All pairs: adds to the degrees, and − (TᵀZ)ᵀ K (TᵀZ) to {@code sum}. */
  private void addAll(VarianceExpansion expansion, Matrix sum) {
    int n = features.rows();
    int m = features.columns();
    int terms = expansion.terms();
    double[] totals = new double[terms];
    Matrix moments = Matrix.zeros(terms, m);
    for (int from = 0; from < n; from += EXPANSION_BLOCK) {
      int to = Math.min(from + EXPANSION_BLOCK, n);
      double[][] polynomials = expansion.polynomials(rewards(), from, to);
      double[] flat = new double[terms * (to - from)];
      for (int p = 0; p < terms; p++) {
        System.arraycopy(polynomials[p], 0, flat, p * (to - from), to - from);
        totals[p] += sum(polynomials[p]);
      }
      Matrix tail =
          new Matrix(to - from, m, Arrays.copyOfRange(features.values(), from * m, to * m));
      Matrix part = linearAlgebra.multiply(new Matrix(terms, to - from, flat), tail);
      for (int i = 0; i < part.values().length; i++) {
        moments.values()[i] += part.values()[i];
      }
    }
    addDegrees(expansion, expansion.multiply(totals));
    Matrix weighted = linearAlgebra.multiply(expansion.matrix(), moments);
    double[] square = linearAlgebra.multiply(moments.transposed(), weighted).values();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        sum.values()[i * m + j] -= (square[i * m + j] + square[j * m + i]) / 2;
      }
    }
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private void addDegrees(VarianceExpansion expansion, double[] weights) {
    int n = features.rows();
    for (int from = 0; from < n; from += EXPANSION_BLOCK) {
      int to = Math.min(from + EXPANSION_BLOCK, n);
      double[][] polynomials = expansion.polynomials(rewards(), from, to);
      for (int p = 0; p < weights.length; p++) {
        double[] values = polynomials[p];
        for (int i = 0; i < values.length; i++) {
          degrees[from + i] = Math.fma(weights[p], values[i], degrees[from + i]);
        }
      }
    }
  }

  private void add(CandidateSet candidates) {
    if (candidates.dense()) {
      for (int first = 0; first < candidates.rows(); first += BLOCK) {
        addBlock(candidates, first, Math.min(first + BLOCK, candidates.rows()));
      }
    } else {
      addListed(candidates, 1);
    }
  }

  /** Y of the rows first..end − 1, as one product of their weights with all rows from first on. */
  private void addBlock(CandidateSet candidates, int first, int end) {
    listed = true;
    int rows = candidates.rows();
    int m = features.columns();
    Matrix weights = Matrix.zeros(end - first, rows - first);
    int[] partners = new int[rows];
    for (int a = first; a < end; a++) {
      int count = candidates.partners(a, 0, rows, partners);
      for (int i = 0; i < count; i++) {
        int place = (a - first) * (rows - first) + partners[i] - first;
        weights.values()[place] = weigh(a, partners[i], 1);
      }
    }
    double[] tail = Arrays.copyOfRange(features.values(), first * m, rows * m);
    Matrix product = linearAlgebra.multiply(weights, new Matrix(rows - first, m, tail));
    for (int i = 0; i < product.values().length; i++) {
      products.values()[first * m + i] += product.values()[i];
    }
  }

  private void addListed(CandidateSet candidates, int sign) {
    listed = true;
    int m = features.columns();
    double[] z = features.values();
    double[] sum = new double[m];
    double[] other = new double[m];
    int[] partners = new int[candidates.widestRow()];
    for (int a = 0; a < candidates.rows(); a++) {
      int count = candidates.partners(a, 0, candidates.rows(), partners);
      Arrays.fill(sum, 0);
      for (int i = 0; i < count; i++) {
        double weight = weigh(a, partners[i], sign);
        System.arraycopy(z, partners[i] * m, other, 0, m);
        for (int j = 0; j < m; j++) {
          sum[j] = Math.fma(weight, other[j], sum[j]);
        }
      }
      for (int j = 0; j < m; j++) {
        products.values()[a * m + j] += sum[j];
      }
    }
  }

  /** The weight of a pair, which is added to both rows' degrees. */
  private double weigh(int a, int b, int sign) {
    double weight = sign * (fisher == null ? 1 : fisher.of(a, b));
    degrees[a] += weight;
    degrees[b] += weight;
    return weight;
  }
}
