package dev.tiebreak.linalg;

import java.util.Arrays;
import java.util.Random;

/** Seeded matrices for tests. */
final class RandomMatrices {

  private RandomMatrices() {}

  static Matrix gaussian(int rows, int columns, long seed) {
    Random random = new Random(seed);
    Matrix matrix = Matrix.zeros(rows, columns);
    for (int i = 0; i < matrix.values().length; i++) {
      matrix.values()[i] = random.nextGaussian();
    }
    return matrix;
  }

  static double[] vector(int length, long seed) {
    return gaussian(1, length, seed).values();
  }

  /** B Bᵀ of a d × rank Gaussian B: positive semidefinite, of that rank. */
  static Matrix semidefinite(int d, int rank, long seed) {
    Matrix b = gaussian(d, rank, seed);
    return product(b, b.transposed());
  }

  /** By definition: slow and trustworthy. */
  static Matrix product(Matrix a, Matrix b) {
    Matrix product = Matrix.zeros(a.rows(), b.columns());
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < b.columns(); j++) {
        double sum = 0;
        for (int k = 0; k < a.columns(); k++) {
          sum += a.get(i, k) * b.get(k, j);
        }
        product.values()[i * b.columns() + j] = sum;
      }
    }
    return product;
  }

  static double largestDifference(Matrix a, Matrix b) {
    return largestDifference(a.values(), b.values());
  }

  static double largestDifference(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(a.length + " numbers against " + b.length);
    }
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  static Matrix scaled(Matrix a, double factor) {
    double[] values = Arrays.stream(a.values()).map(value -> value * factor).toArray();
    return new Matrix(a.rows(), a.columns(), values);
  }

  static Matrix scaledRows(Matrix a, double[] weights) {
    Matrix scaled = a.copy();
    for (int i = 0; i < scaled.values().length; i++) {
      scaled.values()[i] *= weights[i / a.columns()];
    }
    return scaled;
  }

  /** Single precision, to which {@code a} is rounded too. */
  static FloatMatrix rounded(Matrix a) {
    float[] values = new float[a.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) a.values()[i];
      a.values()[i] = values[i];
    }
    return FloatMatrix.of(a.rows(), a.columns(), values);
  }
}
