package dev.tiebreak.preference;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;

/**
 * One row a pair.
 *
 * @param x N × m
 */
record ListedDifferences(Matrix x, LinearAlgebra algebra) implements Differences {

  @Override
  public int columns() {
    return x.columns();
  }

  @Override
  public Matrix rows() {
    return x;
  }

  @Override
  public double[] logits(double[] u) {
    return algebra.multiply(x, u);
  }

  @Override
  public double[] combine(double[] r) {
    return algebra.multiplyTransposed(x, r);
  }

  @Override
  public void addTimes(double scale, int pair, double[] into, int offset) {
    int m = x.columns();
    for (int j = 0; j < m; j++) {
      into[offset + j] = Math.fma(scale, x.values()[pair * m + j], into[offset + j]);
    }
  }

  @Override
  public void addInformation(double[] v, Matrix into) {
    algebra.addWeightedGram(x, v, into);
  }

  @Override
  public double[] leverages(Cholesky factor) {
    int m = x.columns();
    double[] leverages = new double[x.rows()];
    for (int start = 0; start < x.rows(); start += BLOCK) {
      int count = Math.min(BLOCK, x.rows() - start);
      double[] block = Arrays.copyOfRange(x.values(), start * m, (start + count) * m);
      double[] whitened = factor.whiten(new Matrix(count, m, block)).values();
      for (int i = 0; i < count; i++) {
        double sum = 0;
        for (int j = i * m; j < (i + 1) * m; j++) {
          sum = Math.fma(whitened[j], whitened[j], sum);
        }
        leverages[start + i] = sum;
      }
    }
    return leverages;
  }

  @Override
  public Differences scaled(double[] scales) {
    return new ListedDifferences(Differences.scaledColumns(x, scales), algebra);
  }
}
