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
   * <p>Cost: n d² multiply-adds.
   */
  void addWeightedGram(Matrix a, double[] weights, Matrix into);

  /** The product a b: (n × d) (d × m) gives n × m. */
  Matrix multiply(Matrix a, Matrix b);

  /** The product a b of single-precision rows: (n × d) (d × m) gives n × m, in float64. */
  Matrix multiply(FloatMatrix a, Matrix b);

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

  /** Spectral decomposition of a symmetric matrix, of which the lower triangle is read. */
  SymmetricEigen eigen(Matrix a);
}
