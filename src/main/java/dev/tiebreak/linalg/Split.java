package dev.tiebreak.linalg;

import java.util.function.IntConsumer;

/**
 * How the rows of a tall product Σ_i a_i b_iᵀ are shared out. Where the result is small, each of a
 * few groups of rows has a sum of its own; otherwise tasks have tiles of the result. It depends on
 * shapes alone, so that results do not depend on the number of threads.
 */
final class Split {

  /** Numbers of a result that has no sums of its own. */
  private static final int LARGE = 1 << 18;

  private static final int MOST_GROUPS = 8;

  /** The fewest rows of a group, which are no fewer than twice the result's columns either. */
  private static final int LEAST_ROWS = 512;

  private Split() {}

  /** One group's work. */
  @FunctionalInterface
  interface Part {
    /** Adds the rows {@code from .. to} to {@code sum}. */
    void add(int from, int to, Block sum, Workers workers);
  }

  /** Whether rows are shared out, where there are enough of them, and not the result's tiles. */
  static boolean sharesRows(int height, int width) {
    return (long) height * width < LARGE;
  }

  /** Adds all rows to {@code into}. */
  static void addRows(int rows, Matrix into, Workers workers, Part part) {
    int cells = into.values().length;
    int groups =
        sharesRows(into.rows(), into.columns())
            ? Math.clamp(rows / Math.max(LEAST_ROWS, 2 * into.columns()), 1, MOST_GROUPS)
            : 1;
    if (groups == 1) {
      part.add(0, rows, Block.of(into), workers);
      return;
    }
    double[][] sums = new double[groups][];
    IntConsumer group =
        g -> {
          sums[g] = new double[cells];
          int from = (int) ((long) rows * g / groups);
          int to = (int) ((long) rows * (g + 1) / groups);
          part.add(from, to, Block.of(sums[g], into.rows(), into.columns()), Workers.ALONE);
        };
    workers.forEach(groups, group);
    for (double[] sum : sums) {
      for (int i = 0; i < cells; i++) {
        into.values()[i] += sum[i];
      }
    }
  }
}
