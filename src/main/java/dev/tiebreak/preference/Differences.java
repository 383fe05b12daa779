package dev.tiebreak.preference;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;

/** The feature differences x of the judged pairs, N × m, as an operator. */
sealed interface Differences permits ListedDifferences, GraphDifferences {

  /** Rows that are mapped at once, so that no n × d copy in double precision is made. */
  int BLOCK = 1024;

  /** Pairs per response from which the graph form is the cheaper one. */
  int GRAPH_DEGREE = 3;

  /** The number of features m. */
  int columns();

  /** X, N × m; not to be changed. */
  Matrix rows();

  /** X u: N logits. */
  double[] logits(double[] u);

  /** Xᵀ r: m numbers. */
  double[] combine(double[] r);

  /** {@code into} += scale · x of one pair, m numbers from an offset on. */
  void addTimes(double scale, int pair, double[] into, int offset);

  /** {@code into} += Xᵀ diag(v) X, m × m. */
  void addInformation(double[] v, Matrix into);

  /** xᵀ H⁻¹ x of each pair, N numbers, by the factor of H. */
  double[] leverages(Cholesky factor);

  /** X on the leading {@code scales.length} columns, each multiplied by its scale. */
  Differences scaled(double[] scales);

  /**
   * The differences of pairs of responses.
   *
   * <p>Embeddings are centred on the mean of those that occur before they are mapped: a common
   * offset cancels before it can cost digits. Equal embeddings give a difference of exactly 0.
   */
  static Differences of(
      FloatMatrix embeddings, PairCounts pairs, FeatureMap map, LinearAlgebra algebra) {
    int[] positions = new int[embeddings.rows()];
    int[] used = used(pairs, positions);
    int[] a = Arrays.stream(pairs.a()).map(row -> positions[row]).toArray();
    int[] b = Arrays.stream(pairs.b()).map(row -> positions[row]).toArray();
    Matrix features = features(embeddings, used, map);
    return pairs.size() > GRAPH_DEGREE * used.length
        ? GraphDifferences.of(features, a, b, algebra)
        : new ListedDifferences(subtract(features, a, b), algebra);
  }

  /** The rows that occur, ascending; {@code positions} becomes where each of them is. */
  private static int[] used(PairCounts pairs, int[] positions) {
    boolean[] occurs = new boolean[positions.length];
    for (int i = 0; i < pairs.size(); i++) {
      occurs[pairs.a()[i]] = true;
      occurs[pairs.b()[i]] = true;
    }
    int[] used = new int[positions.length];
    int count = 0;
    for (int row = 0; row < positions.length; row++) {
      if (occurs[row]) {
        positions[row] = count;
        used[count++] = row;
      }
    }
    return Arrays.copyOf(used, count);
  }

  private static Matrix features(FloatMatrix embeddings, int[] rows, FeatureMap map) {
    double[] mean = mean(embeddings, rows);
    int d = mean.length;
    Matrix features = Matrix.zeros(rows.length, map.components());
    for (int start = 0; start < rows.length; start += BLOCK) {
      int count = Math.min(BLOCK, rows.length - start);
      Matrix block = Matrix.zeros(count, d);
      for (int i = 0; i < count; i++) {
        embeddings.copyRow(rows[start + i], block.values(), i * d);
        for (int j = 0; j < d; j++) {
          block.values()[i * d + j] -= mean[j];
        }
      }
      double[] mapped = map.apply(block).values();
      System.arraycopy(mapped, 0, features.values(), start * map.components(), mapped.length);
    }
    return features;
  }

  private static double[] mean(FloatMatrix embeddings, int[] rows) {
    double[] mean = new double[embeddings.columns()];
    double[] values = new double[mean.length];
    for (int row : rows) {
      embeddings.copyRow(row, values, 0);
      for (int j = 0; j < mean.length; j++) {
        mean[j] += values[j];
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= rows.length;
    }
    return mean;
  }

  static Matrix subtract(Matrix features, int[] a, int[] b) {
    int m = features.columns();
    double[] z = features.values();
    Matrix x = Matrix.zeros(a.length, m);
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < m; j++) {
        x.values()[i * m + j] = z[a[i] * m + j] - z[b[i] * m + j];
      }
    }
    return x;
  }

  /** The leading columns of a matrix, each multiplied by its scale. */
  static Matrix scaledColumns(Matrix matrix, double[] scales) {
    int m = scales.length;
    Matrix scaled = Matrix.zeros(matrix.rows(), m);
    for (int i = 0; i < matrix.rows(); i++) {
      int offset = i * matrix.columns();
      for (int j = 0; j < m; j++) {
        scaled.values()[i * m + j] = matrix.values()[offset + j] * scales[j];
      }
    }
    return scaled;
  }
}
