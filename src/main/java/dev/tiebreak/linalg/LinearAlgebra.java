package dev.tiebreak.linalg;

import org.jspecify.annotations.Nullable;

/**
 * The kernels that fit and selection are made of. Implementations give the same answer for the same
 * input, whatever the number of threads.
 */
public interface LinearAlgebra {

  /**
   * Symmetric rank-k update: {@code into} += Σ_i weights[i] · a_i a_iᵀ over the rows a_i of {@code
   * a} (n × d). {@code into} (d × d, symmetric) is changed, both triangles.
   *
   * <p>Weights may be of either sign. Cost: n d² / 2 multiply-adds.
   */
  void addWeightedGram(Matrix a, double[] weights, Matrix into);

  /**
   * Symmetric rank-k update by differences: {@code into} += Σ_i weights[i] · x_i x_iᵀ, where x_i is
   * row {@code first[i]} of {@code a} less row {@code second[i]}. The differences are not stored.
   */
  void addWeightedGram(Matrix a, int[] first, int[] second, double[] weights, Matrix into);

  /** The same over single-precision rows, of any number; computed in float64. */
  void addWeightedGram(FloatMatrix a, double[] weights, Matrix into);

  /**
   * {@code into} += Σ_i a_i a_iᵀ over single-precision rows (n × d), at single-precision speed.
   *
   * <p>Products are summed in float32 over blocks of max(1024, d) rows, the blocks in float64.
   * Accuracy as tested: 2e-6 of Σ_i |a_ip a_iq| (1e-7 typical). Where the largest magnitude is not
   * within 2^±40, all is computed in float64 instead. Cost: n d² / 2 multiply-adds.
   */
  void addGram(FloatMatrix a, Matrix into);

  /** The product a b: (n × d) (d × m) gives n × m. */
  Matrix multiply(Matrix a, Matrix b);

  /** The product a b of single-precision rows: (n × d) (d × m) gives n × m, in float64. */
  Matrix multiply(FloatMatrix a, Matrix b);

  /** {@code into} += aᵀ b: (n × d)ᵀ (n × m) is added to d × m. */
  void addTransposedProduct(Matrix a, Matrix b, Matrix into);

  /** The product a x: (n × d) (d) gives n numbers. */
  double[] multiply(Matrix a, double[] x);

  /** The product aᵀ x: (n × d)ᵀ (n) gives d numbers. */
  double[] multiplyTransposed(Matrix a, double[] x);

  /**
   * Cholesky factorisation of a symmetric matrix, of which the lower triangle is read.
   *
   * @return null where {@code a} is not numerically positive definite: a property of the data, not
   *     an error
   */
  @Nullable Cholesky cholesky(Matrix a);

  /**
   * Spectral decomposition of a symmetric matrix, of which the lower triangle is read.
   *
   * <p>Accuracy as tested: eigenvalues to 1e-13 d of the largest, V orthonormal to 1e-12. Cost:
   * O(d³).
   *
   * @throws IllegalArgumentException if a number of the lower triangle is not finite
   */
  SymmetricEigen eigen(Matrix a);

  /** The same kernels on the caller's thread alone, for callers that share out work themselves. */
  LinearAlgebra onOneThread();
}
