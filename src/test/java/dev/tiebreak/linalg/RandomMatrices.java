package dev.tiebreak.linalg;

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
    return product(b, transpose(b));
  }

  static Matrix transpose(Matrix a) {
    Matrix transposed = Matrix.zeros(a.columns(), a.rows());
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < a.columns(); j++) {
        transposed.values()[j * a.rows() + i] = a.get(i, j);
      }
    }
    return transposed;
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
}
