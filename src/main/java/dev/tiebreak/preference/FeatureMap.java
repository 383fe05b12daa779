package dev.tiebreak.preference;

import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The features z that a fit is made in: z = S Vᵀ e under the SPECTRAL prior, z = e under the
 * ISOTROPIC one.
 *
 * <p>With s and V the spectrum of Σ ({@link EmbeddingSpectrum}) and an exponent a ≥ 0, the m
 * leading components are kept: the smaller of 256 and the least m with Σ_{j≤m} s_j^{a+1} ≥ 0.999
 * Σ_j s_j^{a+1}, of those with s_j &gt; 1e-12 s_1. S = diag(√c s_j^{a/2}), c = 1 / Σ_{j≤m}
 * s_j^{a+1}: the mean of zᵀz over the pairs is 1, whatever the scale of the embeddings. Σ = 0 gives
 * m = 0.
 *
 * <p>The powers are taken of s_j / s_1, so that they neither overflow nor vanish.
 */
public final class FeatureMap {

  /** The most components that are kept under the SPECTRAL prior. */
  public static final int MOST_COMPONENTS = 256;

  private static final double SHARE = 0.999 - 1e-12;
  private static final double LEAST_RATIO = 1e-12;

  private final int dimension;
  private final double[] scales;
  private final @Nullable Matrix matrix;
  private final LinearAlgebra algebra;

  private FeatureMap(
      int dimension, double[] scales, @Nullable Matrix matrix, LinearAlgebra algebra) {
    this.dimension = dimension;
    this.scales = scales;
    this.matrix = matrix;
    this.algebra = algebra;
  }

  /** The identity on d numbers; no d × d matrix is made. */
  public static FeatureMap isotropic(int dimension, LinearAlgebra algebra) {
    return new FeatureMap(dimension, new double[0], null, algebra);
  }

  /**
   * The map of an exponent.
   *
   * @param exponent a, finite, 0 or more
   */
  public static FeatureMap spectral(
      EmbeddingSpectrum spectrum, double exponent, LinearAlgebra algebra) {
    return spectral(spectrum, scales(spectrum.values(), exponent), algebra);
  }

  /** The map of an S, m numbers. */
  static FeatureMap spectral(EmbeddingSpectrum spectrum, double[] scales, LinearAlgebra algebra) {
    return new FeatureMap(
        spectrum.dimension(), scales, leading(spectrum.vectors(), scales), algebra);
  }

  /** The leading {@code scales.length} columns, each multiplied by its scale. */
  private static Matrix leading(Matrix vectors, double[] scales) {
    int d = vectors.rows();
    int m = scales.length;
    Matrix kept = Matrix.zeros(d, m);
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < m; j++) {
        kept.values()[i * m + j] = vectors.values()[i * vectors.columns() + j] * scales[j];
      }
    }
    return kept;
  }

  /**
   * The diagonal of S, m numbers.
   *
   * @param values s, descending
   */
  static double[] scales(double[] values, double exponent) {
    double largest = values.length == 0 ? 0 : values[0];
    if (!(largest > 0)) {
      return new double[0];
    }
    double[] ratios =
        Arrays.stream(values).map(s -> s / largest).filter(r -> r > LEAST_RATIO).toArray();
    double[] cumulative = new double[ratios.length];
    double sum = 0;
    for (int j = 0; j < ratios.length; j++) {
      sum += Math.pow(ratios[j], exponent + 1);
      cumulative[j] = sum;
    }
    int m = 1;
    while (m < MOST_COMPONENTS && m < ratios.length && cumulative[m - 1] / sum < SHARE) {
      m++;
    }
    double normaliser = largest * cumulative[m - 1];
    return Arrays.stream(ratios, 0, m)
        .map(r -> Math.sqrt(Math.pow(r, exponent) / normaliser))
        .toArray();
  }

  /** The embedding dimension d. */
  public int dimension() {
    return dimension;
  }

  /** The number of features m; d under the ISOTROPIC prior. */
  public int components() {
    return matrix == null ? dimension : matrix.columns();
  }

  /** V S, d × m, so that z = (V S)ᵀ e; null where the map is the identity. Not to be changed. */
  public @Nullable Matrix matrix() {
    return matrix;
  }

  /**
   * The features of embeddings.
   *
   * <p>Cost: n d m multiply-adds.
   *
   * @param embeddings n × d
   * @return a new matrix, n × m
   */
  public Matrix apply(FloatMatrix embeddings) {
    requireDimension(embeddings.rows() + " × " + embeddings.columns(), embeddings.columns());
    if (matrix != null) {
      return algebra.multiply(embeddings, matrix);
    }
    Matrix features = Matrix.zeros(embeddings.rows(), dimension);
    for (int i = 0; i < features.rows(); i++) {
      embeddings.copyRow(i, features.values(), i * dimension);
    }
    return features;
  }

  /**
   * The features of rows in double precision, differences or centred embeddings.
   *
   * @param rows n × d, not changed
   * @return n × m; {@code rows} itself where the map is the identity
   */
  public Matrix apply(Matrix rows) {
    requireDimension(rows.rows() + " × " + rows.columns(), rows.columns());
    return matrix == null ? rows : algebra.multiply(rows, matrix);
  }

  /**
   * The weights on embeddings, w = V S u, that give the rewards uᵀz.
   *
   * @param coefficients u, m numbers
   * @return w, d numbers, a new array
   */
  public double[] toWeights(double[] coefficients) {
    if (coefficients.length != components()) {
      throw new IllegalArgumentException(
          coefficients.length
              + " coefficients for a map from "
              + dimension
              + " to "
              + components());
    }
    return matrix == null ? coefficients.clone() : algebra.multiply(matrix, coefficients);
  }

  /**
   * The coefficients whose weights come closest to w: u = S⁻¹ Vᵀ w, the inverse of {@link
   * #toWeights} on the kept components.
   *
   * @param weights w, d numbers
   * @return u, m numbers, a new array
   */
  public double[] toCoefficients(double[] weights) {
    requireDimension(weights.length + " weights", weights.length);
    if (matrix == null) {
      return weights.clone();
    }
    double[] coefficients = algebra.multiplyTransposed(matrix, weights);
    for (int j = 0; j < coefficients.length; j++) {
      coefficients[j] /= scales[j] * scales[j];
    }
    return coefficients;
  }

  /** The diagonal of S, m numbers; empty where the map is the identity. */
  double[] scales() {
    return scales;
  }

  private void requireDimension(String shape, int columns) {
    if (columns != dimension) {
      throw new IllegalArgumentException(
          shape + " for a map from " + dimension + " to " + components());
    }
  }
}
