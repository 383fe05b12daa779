package dev.tiebreak.linalg;

/** A Cholesky factorisation A = L Lᵀ of a symmetric positive definite matrix, d × d. */
public interface Cholesky {

  /** The order d of A. */
  int size();

  /** The lower factor L, d × d, zeros above the diagonal. */
  Matrix lower();

  /** log det A, natural logarithm. */
  double logDeterminant();

  /**
   * Solves A x = b.
   *
   * @param b d numbers, not changed
   * @return x, d numbers
   */
  double[] solve(double[] b);

  /**
   * Whitens rows: each row e of {@code rows} (n × d) becomes L⁻¹ e, so that eᵀ A⁻¹ e is its squared
   * norm. One triangular solve with n right-hand sides.
   *
   * <p>Cost: n d² / 2 multiply-adds.
   *
   * @return a new matrix, n × d
   */
  Matrix whiten(Matrix rows);

  /** The same, in the rows' own place. */
  void whitenInPlace(Matrix rows);

  /**
   * Whitens rows in single precision, of any number. Solved in float64; only the result is rounded.
   *
   * @return a new matrix, n × d
   */
  FloatMatrix whiten(FloatMatrix rows);
}
