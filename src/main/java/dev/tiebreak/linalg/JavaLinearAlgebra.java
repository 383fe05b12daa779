package dev.tiebreak.linalg;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The kernels in Java alone, by loops over rows that the JIT compiler vectorises, on several
 * threads; the spectrum by Apache Commons Math. Work is split the same way whatever the number of
 * threads, and every sum has one order, so that results are the same bit for bit.
 */
final class JavaLinearAlgebra implements LinearAlgebra {

  /** Rows of a result that a task computes. */
  private static final int TASK = 64;

  /** Numbers of a block of rows that are added to a Gram matrix at once. */
  private static final int BLOCK = 1 << 19;

  /** Columns that are transposed together: their cache lines stay at hand. */
  private static final int LINE = 8;

  private final Workers workers;

  /**
   * Kernels on so many threads.
   *
   * @param threads 1 or more
   */
  JavaLinearAlgebra(int threads) {
    this.workers = new Workers(threads);
  }

  @Override
  public void addWeightedGram(Matrix a, double[] weights, Matrix into) {
    addWeightedGram(Rows.of(a), weights, into);
  }

  @Override
  public void addWeightedGram(FloatMatrix a, double[] weights, Matrix into) {
    addWeightedGram(Rows.of(a), weights, into);
  }

  @Override
  public void addGram(FloatMatrix a, Matrix into) {
    double[] ones = new double[a.rows()];
    Arrays.fill(ones, 1);
    addWeightedGram(Rows.of(a), ones, into);
  }

  private void addWeightedGram(Rows a, double[] weights, Matrix into) {
    Shapes.requireWeights(weights, a);
    Shapes.requireGram(into, a);
    int d = a.columns();
    int height = Math.min(a.count(), Math.clamp(BLOCK / Math.max(1, d), 256, 8192));
    // enough strips to share, the longest rows first; each row goes on to the end of its strip
    int strip = Math.clamp(d / 16 * 2, 2, TASK);
    int strips = (d + strip - 1) / strip;
    double[][] sum = new double[d][];
    for (int p = 0; p < d; p++) {
      sum[p] = new double[Math.min((p / strip + 1) * strip, d)];
    }
    double[][] block = new double[height][d];
    double[][] scaled = new double[d][height]; // transposed
    for (int start = 0; start < a.count(); start += height) {
      int from = start;
      int count = Math.min(height, a.count() - start);
      workers.forEach(
          (count + TASK - 1) / TASK,
          task -> {
            int first = task * TASK;
            int last = Math.min(first + TASK, count);
            for (int i = first; i < last; i++) {
              a.load(from + i, block[i], 0);
            }
            scaleTransposed(block, weights, from, first, last, scaled);
          });
      workers.forEach(
          strips,
          task -> {
            int first = (strips - 1 - task) * strip;
            int last = Math.min(first + strip, d);
            RowKernels.update(sum, first, last, scaled, block, count, 0, last);
          });
    }
    SymmetricSums.add(
        (p, count, row, offset) -> System.arraycopy(sum[p], 0, row, offset, count), into);
  }

  private static void scaleTransposed(
      double[][] block, double[] weights, int start, int first, int last, double[][] scaled) {
    int d = scaled.length;
    for (int tile = 0; tile < d; tile += LINE) {
      int end = Math.min(tile + LINE, d);
      for (int i = first; i < last; i++) {
        double weight = weights[start + i];
        double[] row = block[i];
        for (int p = tile; p < end; p++) {
          scaled[p][i] = weight * row[p];
        }
      }
    }
  }

  @Override
  public Matrix multiply(Matrix a, Matrix b) {
    return multiply(Rows.of(a), b);
  }

  @Override
  public Matrix multiply(FloatMatrix a, Matrix b) {
    return multiply(Rows.of(a), b);
  }

  private Matrix multiply(Rows a, Matrix b) {
    Shapes.requireProduct(a, b);
    int m = b.columns();
    double[][] right = RowKernels.rows(b);
    Matrix product = Matrix.zeros(a.count(), m);
    workers.forEach(
        (a.count() + TASK - 1) / TASK,
        task -> {
          int first = task * TASK;
          int count = Math.min(TASK, a.count() - first);
          double[][] left = new double[count][b.rows()];
          double[][] rows = new double[count][m];
          for (int i = 0; i < count; i++) {
            a.load(first + i, left[i], 0);
          }
          RowKernels.update(rows, 0, count, left, right, right.length, 0, m);
          for (int i = 0; i < count; i++) {
            System.arraycopy(rows[i], 0, product.values(), (first + i) * m, m);
          }
        });
    return product;
  }

  @Override
  public void addTransposedProduct(Matrix a, Matrix b, Matrix into) {
    Shapes.requireTransposedProduct(a, b, into);
    int d = a.columns();
    int m = b.columns();
    double[][] right = RowKernels.rows(b);
    workers.forEach(
        (d + TASK - 1) / TASK,
        task -> {
          int first = task * TASK;
          int count = Math.min(TASK, d - first);
          double[][] left = new double[count][a.rows()];
          double[][] rows = new double[count][m];
          for (int i = 0; i < a.rows(); i++) {
            for (int p = 0; p < count; p++) {
              left[p][i] = a.values()[i * d + first + p];
            }
          }
          RowKernels.update(rows, 0, count, left, right, right.length, 0, m);
          for (int p = 0; p < count; p++) {
            for (int j = 0; j < m; j++) {
              into.values()[(first + p) * m + j] += rows[p][j];
            }
          }
        });
  }

  @Override
  public double[] multiply(Matrix a, double[] x) {
    return MatrixVectors.multiply(a, x);
  }

  @Override
  public double[] multiplyTransposed(Matrix a, double[] x) {
    return MatrixVectors.multiplyTransposed(a, x);
  }

  @Override
  public @Nullable Cholesky cholesky(Matrix a) {
    Shapes.requireSquare(a);
    Matrix lower = BlockedCholesky.factor(a, workers);
    return lower == null
        ? null
        : new LowerFactor(lower, (l, rows) -> ForwardSubstitution.whiten(l, rows, workers));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Householder reduction and implicit QL, one thread.
   */
  @Override
  public SymmetricEigen eigen(Matrix a) {
    Shapes.requireSquare(a);
    return CommonsMathEigen.decompose(a);
  }
}
