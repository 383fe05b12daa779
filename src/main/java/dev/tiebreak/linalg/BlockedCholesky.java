package dev.tiebreak.linalg;

import org.jspecify.annotations.Nullable;

/**
 * The Cholesky factor, right-looking by blocks of columns: each block is factored, the rows below
 * it solved for, and their product taken off what remains.
 *
 * <p>Source: Golub and Van Loan, Matrix Computations, 4th edition, section 4.2.9.
 */
final class BlockedCholesky {

  /** Columns of a block. */
  private static final int WIDTH = 64;

  /** Rows, or columns below the block, of a task; blocks end where tasks do. */
  private static final int TASK = WIDTH;

  private BlockedCholesky() {}

  /** L, or null where a pivot is not positive and finite. */
  static @Nullable Matrix factor(Matrix a, Workers workers) {
    int d = a.rows();
    double[][] rows = new double[d][];
    for (int i = 0; i < d; i++) {
      rows[i] = new double[Math.min((i / TASK + 1) * TASK, d)]; // to the end of its task
      System.arraycopy(a.values(), i * d, rows[i], 0, i + 1);
    }
    for (int start = 0; start < d; start += WIDTH) {
      int end = Math.min(start + WIDTH, d);
      if (!factorDiagonal(rows, start, end)) {
        return null;
      }
      eliminate(rows, start, end, workers);
    }
    Matrix lower = Matrix.zeros(d, d);
    for (int i = 0; i < d; i++) {
      System.arraycopy(rows[i], 0, lower.values(), i * d, i + 1);
    }
    return lower;
  }

  private static boolean factorDiagonal(double[][] rows, int start, int end) {
    for (int i = start; i < end; i++) {
      for (int j = start; j <= i; j++) {
        double sum = rows[i][j];
        for (int k = start; k < j; k++) {
          sum = Math.fma(-rows[i][k], rows[j][k], sum);
        }
        if (j < i) {
          rows[i][j] = sum / rows[j][j];
        } else if (sum > 0 && sum < Double.POSITIVE_INFINITY) {
          rows[i][i] = Math.sqrt(sum);
        } else {
          return false;
        }
      }
    }
    return true;
  }

  /** Columns start .. end of L below their diagonal block, and what they take off the rest. */
  private static void eliminate(double[][] rows, int start, int end, Workers workers) {
    int d = rows.length;
    int width = end - start;
    double[][] negated = new double[width][width];
    double[] pivots = new double[width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < i; j++) {
        negated[i][j] = -rows[start + i][start + j];
      }
      pivots[i] = rows[start + i][start + i];
    }
    double[][] transposed = new double[width][d];
    double[][] panel = new double[d][];
    int tasks = (d - end + TASK - 1) / TASK;
    workers.forEach(
        tasks,
        task -> {
          int first = end + task * TASK;
          int last = Math.min(first + TASK, d);
          for (int i = first; i < last; i++) {
            for (int k = 0; k < width; k++) {
              transposed[k][i] = rows[i][start + k];
            }
          }
          ForwardSubstitution.solve(negated, pivots, transposed, first, last);
          for (int i = first; i < last; i++) {
            panel[i] = new double[width];
            for (int k = 0; k < width; k++) {
              rows[i][start + k] = transposed[k][i];
              panel[i][k] = -transposed[k][i];
            }
          }
        });
    workers.forEach(
        tasks,
        task -> {
          int first = end + (tasks - 1 - task) * TASK;
          int last = Math.min(first + TASK, d);
          RowKernels.update(rows, first, last, panel, transposed, width, end, last);
        });
  }
}
