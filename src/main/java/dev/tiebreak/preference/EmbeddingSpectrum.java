package dev.tiebreak.preference;

import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the stored responses differ: Σ = mean of x xᵀ, x = e_a − e_b, over all in-prompt pairs, each
 * pair weighing the same; over all pairs where no prompt has two responses. Not centred, for pairs
 * are unordered. Σ = 0 where there is no pair.
 *
 * <p>No pair is enumerated: a prompt with n_g responses and mean ē_g contributes n_g Σ_i (e_i −
 * ē_g) (e_i − ē_g)ᵀ (the Laplacian identity for equal weights).
 *
 * <p>One object serves an embedding set for as long as it doesn't change; keep it between fits. Σ
 * and its decomposition are computed when first asked for, once, so that an ISOTROPIC fit never
 * pays for them: n d at construction, n d² / 2 multiply-adds for {@link #sigma}, O(d³) for {@link
 * #values} and {@link #vectors}. With fewer rows n than dimensions the rows' inner products are
 * decomposed in its stead: n² d / 2 + O(n³). The embeddings are let go of then. Safe to share among
 * threads. Neither the embeddings nor what is handed out may be changed.
 */
public final class EmbeddingSpectrum {

  /**
   * The fewest rows that are centred before they are multiplied; d where that is more, within
   * limits.
   */
  private static final int BLOCK = 512;

  /** Numbers of a block, unless it is one of the fewest rows. */
  private static final int MOST = 1 << 24;

  /** Eigenvalues below this share of the greatest are nothing but rounding. */
  private static final double ROUNDING = 1e-14;

  private final int dimension;
  private final LinearAlgebra algebra;
  private final double meanSquaredDifference;

  /** Null once they have been decomposed. */
  private @Nullable Rows rows;

  private @Nullable SymmetricEigen eigen;

  private record Rows(FloatMatrix embeddings, PromptGroups groups) {}

  private EmbeddingSpectrum(FloatMatrix embeddings, PromptGroups groups, LinearAlgebra algebra) {
    this.dimension = embeddings.columns();
    this.rows = new Rows(embeddings, groups);
    this.algebra = algebra;
    double[] sum = new double[1];
    groups.forEachCentredRow(embeddings, (row, weight) -> sum[0] += weight * squaredNorm(row));
    this.meanSquaredDifference = sum[0];
  }

  /**
   * The spectrum of an embedding set.
   *
   * @param embeddings n × d, finite
   * @param promptOf the prompt of each row, n numbers of 0 or more
   */
  public static EmbeddingSpectrum of(
      FloatMatrix embeddings, int[] promptOf, LinearAlgebra algebra) {
    if (promptOf.length != embeddings.rows()) {
      throw new IllegalArgumentException(
          promptOf.length
              + " prompts for embeddings of "
              + embeddings.rows()
              + " × "
              + embeddings.columns());
    }
    return new EmbeddingSpectrum(embeddings, PromptGroups.of(promptOf), algebra);
  }

  /** The embedding dimension d. */
  public int dimension() {
    return dimension;
  }

  /** The mean of xᵀx over the pairs, the trace of Σ. */
  public double meanSquaredDifference() {
    return meanSquaredDifference;
  }

  /** The greatest eigenvalues s of Σ, descending: as many as rows or dimensions, the rest is 0. */
  public double[] values() {
    return eigen().values();
  }

  /**
   * Eigenvectors V of Σ, column j belongs to value j; zeros where the value is no more than
   * rounding (1e-14 of the greatest) and rows are fewer than dimensions.
   */
  public Matrix vectors() {
    return eigen().vectors();
  }

  private synchronized SymmetricEigen eigen() {
    if (rows != null) {
      int count = rows.groups.rows();
      eigen = count < dimension ? decomposeRows(rows, count) : algebra.eigen(sigma(rows));
      rows = null;
    }
    return Objects.requireNonNull(eigen);
  }

  /** Σ, d × d, both triangles, by blocks. */
  private Matrix sigma(Rows rows) {
    int d = dimension;
    Matrix sum = Matrix.zeros(d, d);
    int height = Math.max(BLOCK, Math.min(d, MOST / d));
    Matrix block = Matrix.zeros(height, d);
    double[] weights = new double[height];
    int[] filled = new int[1];
    rows.groups.forEachCentredRow(
        rows.embeddings,
        (row, weight) -> {
          System.arraycopy(row, 0, block.values(), filled[0] * d, d);
          weights[filled[0]++] = weight;
          if (filled[0] == height) {
            algebra.addWeightedGram(block, weights, sum);
            filled[0] = 0;
          }
        });
    Arrays.fill(weights, filled[0], height, 0);
    algebra.addWeightedGram(block, weights, sum);
    return sum;
  }

  /**
   * Σ = Xᵀ X has the eigenvalues of X Xᵀ = U diag(s) Uᵀ, and the eigenvectors Xᵀ U diag(s)^-½: X
   * are the centred rows times the roots of their weights.
   */
  private SymmetricEigen decomposeRows(Rows rows, int count) {
    int d = dimension;
    Matrix transposed = Matrix.zeros(d, count);
    int[] next = new int[1];
    rows.groups.forEachCentredRow(
        rows.embeddings,
        (row, weight) -> {
          double root = Math.sqrt(weight);
          for (int j = 0; j < d; j++) {
            transposed.values()[j * count + next[0]] = root * row[j];
          }
          next[0]++;
        });
    Matrix products = Matrix.zeros(count, count);
    double[] ones = new double[d];
    Arrays.fill(ones, 1);
    algebra.addWeightedGram(transposed, ones, products);
    SymmetricEigen small = algebra.eigen(products);
    Matrix vectors = algebra.multiply(transposed, small.vectors());
    for (int j = 0; j < count; j++) {
      normalise(vectors, j, small.values()[j] > ROUNDING * small.values()[0]);
    }
    return new SymmetricEigen(small.values(), vectors);
  }

  /** Brings a column to length one, its largest entry by magnitude positive; or to zero. */
  private static void normalise(Matrix vectors, int column, boolean counts) {
    int m = vectors.columns();
    double[] values = vectors.values();
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < vectors.rows(); i++) {
      double value = values[i * m + column];
      squares = Math.fma(value, value, squares);
      if (Math.abs(value) > Math.abs(largest)) {
        largest = value;
      }
    }
    double scale = counts ? Math.copySign(1 / Math.sqrt(squares), largest) : 0;
    for (int i = 0; i < vectors.rows(); i++) {
      values[i * m + column] *= scale;
    }
  }

  private static double squaredNorm(double[] row) {
    double sum = 0;
    for (double value : row) {
      sum = Math.fma(value, value, sum);
    }
    return sum;
  }
}
