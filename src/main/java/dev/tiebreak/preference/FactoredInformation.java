package dev.tiebreak.preference;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;

/**
 * An information matrix and its factor.
 *
 * @param jitter what had to be added to the diagonal, which {@code information} contains
 */
record FactoredInformation(Matrix information, Cholesky factor, double jitter) {

  /** Powers of ten over the rounding error of the diagonal that are tried as jitter. */
  private static final int MOST_JITTERS = 10;

  /**
   * Factors, with the least jitter that makes it possible.
   *
   * @param information changed where jitter is needed
   */
  static FactoredInformation of(Matrix information, LinearAlgebra algebra) {
    Cholesky factor = algebra.cholesky(information);
    double jitter = 0;
    double unit = Math.ulp(largestDiagonal(information));
    for (int power = 0; factor == null; power++) {
      if (power > MOST_JITTERS) {
        throw new IllegalArgumentException("the embeddings are not finite");
      }
      double added = unit * Math.pow(10, power) - jitter;
      for (int j = 0; j < information.rows(); j++) {
        information.values()[j * information.columns() + j] += added;
      }
      jitter += added;
      factor = algebra.cholesky(information);
    }
    return new FactoredInformation(information, factor, jitter);
  }

  private static double largestDiagonal(Matrix a) {
    double largest = 0;
    for (int j = 0; j < a.rows(); j++) {
      largest = Math.max(largest, a.get(j, j));
    }
    return largest;
  }
}
