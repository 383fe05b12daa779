package dev.tiebreak.preference;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;

/**
 * Many pairs of few responses: x_i = z_a − z_b is never stored. With the r responses in Z and the
 * pairs as edges, Σ v x xᵀ = Zᵀ Lap(v) Z costs N m + r m² multiply-adds in place of N m² / 2.
 *
 * @param z features of the responses that occur, r × m, centred
 * @param a row of z, N
 * @param b row of z, N
 */
record GraphDifferences(Matrix z, int[] a, int[] b, LinearAlgebra algebra) implements Differences {

  @Override
  public int columns() {
    return z.columns();
  }

  @Override
  public double[] logits(double[] u) {
    double[] rewards = algebra.multiply(z, u);
    double[] logits = new double[a.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = rewards[a[i]] - rewards[b[i]];
    }
    return logits;
  }

  @Override
  public double[] combine(double[] r) {
    double[] perResponse = new double[z.rows()];
    for (int i = 0; i < r.length; i++) {
      perResponse[a[i]] += r[i];
      perResponse[b[i]] -= r[i];
    }
    return algebra.multiplyTransposed(z, perResponse);
  }

  @Override
  public void addInformation(double[] v, Matrix into) {
    int m = z.columns();
    double[][] laplacian = laplacianTimesFeatures(v);
    Matrix sum = Matrix.zeros(m, m);
    for (int start = 0; start < z.rows(); start += BLOCK) {
      int count = Math.min(BLOCK, z.rows() - start);
      Matrix left = Matrix.zeros(m, count);
      Matrix right = Matrix.zeros(count, m);
      for (int i = 0; i < count; i++) {
        System.arraycopy(laplacian[start + i], 0, right.values(), i * m, m);
        for (int j = 0; j < m; j++) {
          left.values()[j * count + i] = z.values()[(start + i) * m + j];
        }
      }
      double[] product = algebra.multiply(left, right).values();
      for (int j = 0; j < product.length; j++) {
        sum.values()[j] += product[j];
      }
    }
    addSymmetricPart(sum, into);
  }

  /** Row a of Lap(v) Z is Σ_b v_ab (z_a − z_b). */
  private double[][] laplacianTimesFeatures(double[] v) {
    int m = z.columns();
    double[][] features = new double[z.rows()][m];
    for (int i = 0; i < features.length; i++) {
      System.arraycopy(z.values(), i * m, features[i], 0, m);
    }
    double[][] sums = new double[z.rows()][m];
    double[] x = new double[m];
    for (int i = 0; i < v.length; i++) {
      subtract(features[a[i]], features[b[i]], v[i], x);
      add(1, x, sums[a[i]]);
      add(-1, x, sums[b[i]]);
    }
    return sums;
  }

  private static void subtract(double[] left, double[] right, double scale, double[] into) {
    for (int j = 0; j < into.length; j++) {
      into[j] = scale * (left[j] - right[j]);
    }
  }

  private static void add(double sign, double[] x, double[] into) {
    for (int j = 0; j < into.length; j++) {
      into[j] = Math.fma(sign, x[j], into[j]);
    }
  }

  private static void addSymmetricPart(Matrix sum, Matrix into) {
    int m = sum.rows();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        into.values()[i * m + j] += (sum.get(i, j) + sum.get(j, i)) / 2;
      }
    }
  }

  @Override
  public Differences scaled(double[] scales) {
    return new GraphDifferences(Differences.scaledColumns(z, scales), a, b, algebra);
  }
}
