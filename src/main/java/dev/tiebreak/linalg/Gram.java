package dev.tiebreak.linalg;

/**
 * Symmetric updates Σ_i w_i a_i a_iᵀ in double precision: rows are gathered, times √|w_i|, in
 * blocks that fit the second cache, and each block's square is added tile by tile.
 */
final class Gram {

  /** Numbers of a block. */
  private static final int BLOCK = 1 << 17;

  /** Rows that a task gathers. */
  private static final int TASK = 128;

  private final BlockProducts products;
  private final Workers workers;

  Gram(BlockProducts products, Workers workers) {
    this.products = products;
    this.workers = workers;
  }

  /** {@code into} += Σ_i weights[i] a_i a_iᵀ, both triangles. */
  void add(ScaledRows a, double[] weights, Matrix into) {
    Split.addRows(
        a.count(),
        into,
        workers,
        (from, to, sum, shared) -> addRows(a, weights, from, to, sum, shared));
    Triangles.mirror(into);
  }

  private void addRows(
      ScaledRows a, double[] weights, int from, int to, Block sum, Workers shared) {
    int d = a.columns();
    int height = Math.min(to - from, height(d));
    double[] gathered = new double[height * d];
    int[] places = new int[height];
    Tiles tiles = Tiles.ofGram(d);
    for (int start = from; start < to; start += height) {
      int first = start;
      int count = Math.min(height, to - start);
      int added = place(weights, first, count, places);
      shared.forEach(
          (count + TASK - 1) / TASK,
          task -> {
            ScaledRows.Writer writer = a.writer();
            for (int i = task * TASK; i < Math.min((task + 1) * TASK, count); i++) {
              double root = Math.sqrt(Math.abs(weights[first + i]));
              writer.write(first + i, root, gathered, places[i] * d);
            }
          });
      Block all = Block.of(gathered, count, d);
      addSquare(1, all.slice(0, added).transpose(), sum, tiles, shared);
      addSquare(-1, all.slice(added, count).transpose(), sum, tiles, shared);
    }
  }

  private void addSquare(int sign, Block a, Block sum, Tiles tiles, Workers shared) {
    if (a.width() > 0) {
      shared.forEach(tiles.count(), task -> tiles.addSquare(products, sign, task, a, sum));
    }
  }

  private static int height(int d) {
    return d >= 1024 ? 512 : Math.clamp(BLOCK / Math.max(1, d), 256, 1024);
  }

  /** Places rows of negative weight behind all others, of which the number is returned. */
  private static int place(double[] weights, int first, int count, int[] places) {
    int added = 0;
    for (int i = 0; i < count; i++) {
      if (!(weights[first + i] < 0)) {
        places[i] = added++;
      }
    }
    int next = added;
    for (int i = 0; i < count; i++) {
      if (weights[first + i] < 0) {
        places[i] = next++;
      }
    }
    return added;
  }
}
