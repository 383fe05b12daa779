package dev.tiebreak.linalg;

import org.jspecify.annotations.Nullable;

/**
 * The Cholesky factor by halves: the first half of the columns is factored, the rows below it
 * solved for, their product taken off the rest, and the rest factored.
 *
 * <p>Source: Gustavson, Recursion leads to automatic variable blocking for dense linear-algebra
 * algorithms, IBM J. Res. Dev. 41 (1997), section 4.
 */
final class BlockedCholesky {

  private static final int LEAF = SymmetricProducts.LEAF;

  /** Rows that a task solves for. */
  private static final int TASK = 128;

  private final BlockProducts products;
  private final Workers workers;
  private final Block lower;
  private final TriangularFactor factor;

  private BlockedCholesky(BlockProducts products, Workers workers, Block lower) {
    this.products = products;
    this.workers = workers;
    this.lower = lower;
    this.factor = new TriangularFactor(products, lower);
  }

  /** The factor, or null where a pivot is not positive and finite. */
  static @Nullable Cholesky factor(Matrix a, BlockProducts products, Workers workers) {
    Matrix lower = Triangles.lower(a);
    BlockedCholesky blocked = new BlockedCholesky(products, workers, Block.of(lower));
    if (!blocked.factor(0, a.rows())) {
      return null;
    }
    Triangles.clearUpper(lower);
    return new LowerFactor(lower, blocked.factor, workers);
  }

  private boolean factor(int from, int to) {
    if (to - from <= LEAF) {
      boolean definite = factorLeaf(from, to);
      if (definite) {
        factor.invert(from, to);
      }
      return definite;
    }
    int middle = SymmetricProducts.middle(from, to);
    if (!factor(from, middle)) {
      return false;
    }
    workers.forEach(
        (to - middle + TASK - 1) / TASK,
        task -> {
          int first = middle + task * TASK;
          int last = Math.min(first + TASK, to);
          factor.solve(lower.part(first, last, 0, lower.columns()), from, middle);
        });
    Block panel = lower.part(middle, to, from, middle);
    Block rest = lower.part(middle, to, middle, to);
    Tiles tiles = Tiles.ofLowerTriangle(to - middle);
    workers.forEach(tiles.count(), task -> tiles.addSquare(products, -1, task, panel, rest));
    return factor(middle, to);
  }

  /** Row by row of Lᵀ, so that loops run along rows. */
  private boolean factorLeaf(int from, int to) {
    int width = to - from;
    double[] values = lower.values();
    double[][] upper = new double[width][width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j <= i; j++) {
        upper[j][i] = values[(from + i) * lower.stride() + from + j];
      }
    }
    for (int k = 0; k < width; k++) {
      double[] row = upper[k];
      if (!(row[k] > 0 && row[k] < Double.POSITIVE_INFINITY)) {
        return false;
      }
      double pivot = Math.sqrt(row[k]);
      for (int j = k; j < width; j++) {
        row[j] /= pivot;
      }
      for (int i = k + 1; i < width; i++) {
        RowKernels.axpy(-row[i], row, upper[i], i, width);
      }
    }
    for (int i = 0; i < width; i++) {
      for (int j = 0; j <= i; j++) {
        values[(from + i) * lower.stride() + from + j] = upper[j][i];
      }
    }
    return true;
  }
}
