package dev.tiebreak.linalg;

/** L z = b for many right-hand sides b, transposed so that each lies in one vector lane. */
final class ForwardSubstitution {

  /** Right-hand sides of a task. */
  private static final int WIDTH = 256;

  /** Rows of L at a time. */
  private static final int STRIP = 32;

  private ForwardSubstitution() {}

  /** Each row b of {@code rows} becomes L⁻¹ b. */
  static void whiten(Matrix lower, Matrix rows, Workers workers) {
    int d = lower.rows();
    double[][] negated = new double[d][];
    for (int i = 0; i < d; i++) {
      negated[i] = new double[i];
      for (int j = 0; j < i; j++) {
        negated[i][j] = -lower.get(i, j);
      }
    }
    double[] pivots = new double[d];
    for (int i = 0; i < d; i++) {
      pivots[i] = lower.get(i, i);
    }
    workers.forEach(
        (rows.rows() + WIDTH - 1) / WIDTH,
        task -> {
          int start = task * WIDTH;
          int count = Math.min(WIDTH, rows.rows() - start);
          double[][] columns = new double[d][count];
          transpose(rows.values(), start, count, columns, true);
          solve(negated, pivots, columns, 0, count);
          transpose(rows.values(), start, count, columns, false);
        });
  }

  /** Copies rows to columns, or back; by tiles, for the sake of the caches. */
  private static void transpose(
      double[] values, int start, int count, double[][] columns, boolean forth) {
    int d = columns.length;
    for (int tile = 0; tile < d; tile += 8) {
      int end = Math.min(tile + 8, d);
      for (int i = 0; i < count; i++) {
        int row = (start + i) * d;
        for (int j = tile; j < end; j++) {
          if (forth) {
            columns[j][i] = values[row + j];
          } else {
            values[row + j] = columns[j][i];
          }
        }
      }
    }
  }

  /**
   * Row i of {@code x} becomes that of L⁻¹ x, on the columns from .. to.
   *
   * @param negated row i is −L_ij for j &lt; i
   * @param pivots L_ii
   */
  static void solve(double[][] negated, double[] pivots, double[][] x, int from, int to) {
    for (int strip = 0; strip < pivots.length; strip += STRIP) {
      int end = Math.min(strip + STRIP, pivots.length);
      RowKernels.update(x, strip, end, negated, x, strip, from, to);
      for (int i = strip; i < end; i++) {
        double[] z = x[i];
        RowKernels.updateOne(negated[i], x, strip, i, z, from, to);
        double pivot = pivots[i];
        for (int j = from; j < to; j++) {
          z[j] /= pivot;
        }
      }
    }
  }
}
