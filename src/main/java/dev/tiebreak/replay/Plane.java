package dev.tiebreak.replay;

import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.EmbeddingSpectrum;

/**
 * Where each response stands in the picture of picks.
 *
 * @param x across, one a row; NaN where it has no place
 * @param y up
 * @param xWords of the axis
 * @param yWords of the axis
 */
record Plane(double[] x, double[] y, String xWords, String yWords) {

  /** Rows that the components are taken from: few enough for an answer at once. */
  private static final int SAMPLE = 400;

  /** The embeddings themselves where they are a plane, else on their two leading components. */
  static Plane of(FloatMatrix embeddings, LinearAlgebra algebra) {
    int d = embeddings.columns();
    if (d <= 2) {
      return new Plane(
          column(embeddings, 0), column(embeddings, d - 1), "Dimension 1", "Dimension " + d);
    }
    int n = embeddings.rows();
    int count = Math.min(n, SAMPLE);
    FloatMatrix sample = FloatMatrix.allocate(count, d);
    float[] row = new float[d];
    for (int i = 0; i < count; i++) {
      embeddings.copyRow((int) ((long) i * n / count), row, 0);
      sample.setRow(i, row, 0);
    }
    Matrix vectors = EmbeddingSpectrum.of(sample, new int[count], algebra).vectors();
    Matrix leading = Matrix.zeros(d, 2);
    for (int j = 0; j < d; j++) {
      for (int k = 0; k < Math.min(2, vectors.columns()); k++) {
        leading.values()[2 * j + k] = vectors.get(j, k);
      }
    }
    Matrix places = algebra.multiply(embeddings, leading);
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = places.get(i, 0);
      y[i] = places.get(i, 1);
    }
    return new Plane(x, y, "First principal component", "Second principal component");
  }

  private static double[] column(FloatMatrix embeddings, int column) {
    double[] values = new double[embeddings.rows()];
    for (int i = 0; i < values.length; i++) {
      values[i] = embeddings.get(i, column);
    }
    return values;
  }
}
