package dev.tiebreak.preference;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;

/**
 * Many pairs of few responses: x_i = z_a − z_b is never stored. With the r responses in Z and the
 * pairs as edges, Σ v x xᵀ = Zᵀ Lap(v) Z costs 2 N m + r m² multiply-adds in place of N m² / 2.
 *
 * @param z features of the responses that occur, r × m, centred
 * @param a row of z, N
 * @param b row of z, N
 */
record GraphDifferences(Matrix z, int[] a, int[] b, Neighbours neighbours, LinearAlgebra algebra)
    implements Differences {

  /**
   * The pairs of each response: those of row i are at {@code starts[i] .. starts[i + 1]}.
   *
   * @param others the other response of each, 2 N
   * @param pairs its number, 2 N
   */
  record Neighbours(int[] starts, int[] others, int[] pairs) {

    static Neighbours of(int responses, int[] a, int[] b) {
      int[] starts = new int[responses + 1];
      for (int i = 0; i < a.length; i++) {
        starts[a[i] + 1]++;
        starts[b[i] + 1]++;
      }
      for (int row = 0; row < responses; row++) {
        starts[row + 1] += starts[row];
      }
      int[] next = Arrays.copyOf(starts, responses);
      int[] others = new int[2 * a.length];
      int[] pairs = new int[2 * a.length];
      for (int i = 0; i < a.length; i++) {
        int from = next[a[i]]++;
        others[from] = b[i];
        pairs[from] = i;
        int to = next[b[i]]++;
        others[to] = a[i];
        pairs[to] = i;
      }
      return new Neighbours(starts, others, pairs);
    }
  }

  static GraphDifferences of(Matrix z, int[] a, int[] b, LinearAlgebra algebra) {
    return new GraphDifferences(z, a, b, Neighbours.of(z.rows(), a, b), algebra);
  }

  @Override
  public int columns() {
    return z.columns();
  }

  @Override
  public Matrix rows() {
    return Differences.subtract(z, a, b);
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
  public void addTimes(double scale, int pair, double[] into, int offset) {
    int m = z.columns();
    int first = a[pair] * m;
    int second = b[pair] * m;
    for (int j = 0; j < m; j++) {
      double x = z.values()[first + j] - z.values()[second + j];
      into[offset + j] = Math.fma(scale, x, into[offset + j]);
    }
  }

  @Override
  public void addInformation(double[] v, Matrix into) {
    int m = z.columns();
    double[][] features = new double[z.rows()][];
    for (int i = 0; i < features.length; i++) {
      features[i] = Arrays.copyOfRange(z.values(), i * m, (i + 1) * m);
    }
    Matrix sum = Matrix.zeros(m, m);
    double[] row = new double[m];
    Matrix left = Matrix.zeros(Math.min(BLOCK, z.rows()), m);
    Matrix right = Matrix.zeros(left.rows(), m);
    for (int start = 0; start < z.rows(); start += BLOCK) {
      int count = Math.min(BLOCK, z.rows() - start);
      if (count < left.rows()) {
        left = Matrix.zeros(count, m);
        right = Matrix.zeros(count, m);
      }
      System.arraycopy(z.values(), start * m, left.values(), 0, count * m);
      for (int i = 0; i < count; i++) {
        Arrays.fill(row, 0);
        addDifferences(features, start + i, v, row);
        System.arraycopy(row, 0, right.values(), i * m, m);
      }
      algebra.addTransposedProduct(left, right, sum);
    }
    addSymmetricPart(sum, into);
  }

  /** Row i of Lap(v) Z is Σ_b v_ib (z_i − z_b). */
  private void addDifferences(double[][] features, int i, double[] v, double[] into) {
    int end = neighbours.starts[i + 1];
    int k = neighbours.starts[i];
    double[] from = features[i];
    for (; k + 2 <= end; k += 2) {
      addTwo(
          v[neighbours.pairs[k]],
          features[neighbours.others[k]],
          v[neighbours.pairs[k + 1]],
          features[neighbours.others[k + 1]],
          from,
          into);
    }
    if (k < end) {
      addTwo(v[neighbours.pairs[k]], features[neighbours.others[k]], 0, from, from, into);
    }
  }

  private static void addTwo(
      double s, double[] first, double t, double[] second, double[] from, double[] into) {
    for (int j = 0; j < into.length; j++) {
      double sum = Math.fma(s, from[j] - first[j], into[j]);
      into[j] = Math.fma(t, from[j] - second[j], sum);
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
  public double[] leverages(Cholesky factor) {
    int m = z.columns();
    double[] whitened = factor.whiten(z).values();
    double[] leverages = new double[a.length];
    for (int i = 0; i < leverages.length; i++) {
      double sum = 0;
      double other = 0;
      int j = 0;
      for (; j + 2 <= m; j += 2) {
        double first = whitened[a[i] * m + j] - whitened[b[i] * m + j];
        double second = whitened[a[i] * m + j + 1] - whitened[b[i] * m + j + 1];
        sum = Math.fma(first, first, sum);
        other = Math.fma(second, second, other);
      }
      double last = j < m ? whitened[a[i] * m + j] - whitened[b[i] * m + j] : 0;
      leverages[i] = Math.fma(last, last, sum) + other;
    }
    return leverages;
  }

  @Override
  public Differences scaled(double[] scales) {
    return new GraphDifferences(Differences.scaledColumns(z, scales), a, b, neighbours, algebra);
  }
}
