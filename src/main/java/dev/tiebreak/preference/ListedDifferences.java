package dev.tiebreak.preference;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;

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
  public double[] logits(double[] u) {
    return algebra.multiply(x, u);
  }

  @Override
  public double[] combine(double[] r) {
    return algebra.multiplyTransposed(x, r);
  }

  @Override
  public void addInformation(double[] v, Matrix into) {
    algebra.addWeightedGram(x, v, into);
  }

  @Override
  public Differences scaled(double[] scales) {
    return new ListedDifferences(Differences.scaledColumns(x, scales), algebra);
  }
}
