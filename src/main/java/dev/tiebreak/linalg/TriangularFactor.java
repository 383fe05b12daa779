package dev.tiebreak.linalg;

import java.util.Arrays;

/**
 * A lower triangular matrix L that many right-hand sides are solved for. Only its diagonal blocks
 * of order 32 are inverted; all else is products of blocks, half of the matrix at a time.
 *
 * <p>Inverses of small diagonal blocks keep the forward error of substitution; the residual of a
 * block may grow by the condition number of its diagonal block, not of L. Source: Higham, Accuracy
 * and Stability of Numerical Algorithms, 2nd edition, sections 8.4 and 14.2.
 */
final class TriangularFactor {

  private static final int LEAF = SymmetricProducts.LEAF;

  private final BlockProducts products;
  private final Block lower;
  private final double[][] inverses;

  /** Of the lower triangle of a d × d block; {@link #invert} makes its leaves ready. */
  TriangularFactor(BlockProducts products, Block lower) {
    this.products = products;
    this.lower = lower;
    this.inverses = new double[lower.rows() / LEAF + 1][];
  }

  /** Inverts the diagonal block that starts at a row, which is a whole number of leaves. */
  void invert(int from, int to) {
    int width = to - from;
    double[][] rows = new double[width][width];
    for (int i = 0; i < width; i++) {
      int start = lower.offset() + (from + i) * lower.stride() + from;
      double[] row = rows[i];
      for (int k = 0; k < i; k++) {
        RowKernels.axpy(-lower.values()[start + k], rows[k], row, 0, k + 1);
      }
      row[i] = 1;
      double pivot = lower.values()[start + i];
      for (int j = 0; j <= i; j++) {
        row[j] /= pivot;
      }
    }
    double[] inverse = new double[width * width];
    for (int i = 0; i < width; i++) {
      System.arraycopy(rows[i], 0, inverse, i * width, width);
    }
    inverses[from / LEAF] = inverse;
  }

  /**
   * Each row b of {@code rows} becomes L⁻¹ b, with L restricted to its rows and columns from .. to
   * and b to the same columns.
   */
  void solve(Block rows, int from, int to) {
    double[] scratch = new double[rows.rows() * Math.min(LEAF, to - from)];
    solve(rows, from, to, scratch);
  }

  private void solve(Block rows, int from, int to, double[] scratch) {
    if (to - from <= LEAF) {
      solveLeaf(rows.part(0, rows.rows(), from, to), inverses[from / LEAF], scratch);
      return;
    }
    int middle = SymmetricProducts.middle(from, to);
    solve(rows, from, middle, scratch);
    products.add(
        -1,
        rows.part(0, rows.rows(), from, middle),
        lower.part(middle, to, from, middle).transpose(),
        rows.part(0, rows.rows(), middle, to));
    solve(rows, middle, to, scratch);
  }

  private void solveLeaf(Block rows, double[] inverse, double[] scratch) {
    int width = rows.columns();
    double[] values = rows.values();
    for (int i = 0; i < rows.rows(); i++) {
      int start = rows.offset() + i * rows.stride();
      System.arraycopy(values, start, scratch, i * width, width);
      Arrays.fill(values, start, start + width, 0);
    }
    products.add(
        1,
        Block.of(scratch, rows.rows(), width),
        Block.of(inverse, width, width).transpose(),
        rows);
  }
}
