package dev.tiebreak.preference;

import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.linalg.SymmetricEigen;
import java.util.Arrays;
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
 * #values} and {@link #vectors}. Safe to share among threads. Neither the embeddings nor what is
 * handed out may be changed.
 */
public final class EmbeddingSpectrum {

  /** The fewest rows that are centred before they are multiplied; d/2 where that is more. */
  private static final int BLOCK = 512;

  private final FloatMatrix embeddings;
  private final PromptGroups groups;
  private final LinearAlgebra algebra;
  private final double meanSquaredDifference;
  private @Nullable Matrix sigma;
  private @Nullable SymmetricEigen eigen;

  private EmbeddingSpectrum(FloatMatrix embeddings, PromptGroups groups, LinearAlgebra algebra) {
    this.embeddings = embeddings;
    this.groups = groups;
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
    return embeddings.columns();
  }

  /** The mean of xᵀx over the pairs, the trace of Σ. */
  public double meanSquaredDifference() {
    return meanSquaredDifference;
  }

  /** Σ, d × d, both triangles. */
  public synchronized Matrix sigma() {
    if (sigma == null) {
      sigma = computeSigma();
    }
    return sigma;
  }

  /** The eigenvalues s of Σ, descending, d numbers. */
  public double[] values() {
    return eigen().values();
  }

  /** The eigenvectors V of Σ, d × d, column j belongs to value j. */
  public Matrix vectors() {
    return eigen().vectors();
  }

  private synchronized SymmetricEigen eigen() {
    if (eigen == null) {
      eigen = algebra.eigen(sigma());
    }
    return eigen;
  }

  private Matrix computeSigma() {
    int d = dimension();
    Matrix sum = Matrix.zeros(d, d);
    int height = Math.max(BLOCK, d / 2);
    Matrix block = Matrix.zeros(height, d);
    double[] weights = new double[height];
    int[] filled = new int[1];
    groups.forEachCentredRow(
        embeddings,
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

  private static double squaredNorm(double[] row) {
    double sum = 0;
    for (double value : row) {
      sum = Math.fma(value, value, sum);
    }
    return sum;
  }
}
