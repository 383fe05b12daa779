package dev.tiebreak.linalg;

/** Symmetric updates Σ_i w_i a_i a_iᵀ in double precision, by tiles of the lower triangle. */
final class Gram {

  /** Numbers of a block of scaled rows, which fit the second cache. */
  private static final int BLOCK = 1 << 17;

  /** Rows that a task scales. */
  private static final int TASK = 128;

  private final BlockProducts products;
  private final Workers workers;

  Gram(BlockProducts products, Workers workers) {
    this.products = products;
    this.workers = workers;
  }

  /** {@code into} += Σ_i weights[i] a_i a_iᵀ, both triangles. */
  void add(Rows a, double[] weights, Matrix into) {
    Split.addRows(
        a.count(),
        into,
        workers,
        (from, to, sum, shared) -> addRows(a, weights, from, to, sum, shared));
    Triangles.mirror(into);
  }

  private void addRows(Rows a, double[] weights, int from, int to, Block sum, Workers shared) {
    int d = a.columns();
    int height = Math.min(to - from, height(d));
    double[] scratch = a.scratch(height);
    double[] scaled = new double[height * d];
    Tiles tiles = Tiles.ofLowerTriangle(d);
    for (int start = from; start < to; start += height) {
      int first = start;
      int count = Math.min(height, to - start);
      shared.forEach(
          (count + TASK - 1) / TASK,
          task -> {
            int row = task * TASK;
            int end = Math.min(row + TASK, count);
            a.load(first, row, end, scratch);
            scale(a.block(first, count, scratch), row, end, weights, first, scaled);
          });
      Block left = a.block(first, count, scratch).transpose();
      Block right = Block.of(scaled, count, d);
      shared.forEach(tiles.count(), task -> tiles.addProduct(products, task, left, right, sum));
    }
  }

  private static int height(int d) {
    return d >= 1024 ? 512 : Math.clamp(BLOCK / Math.max(1, d), 256, 1024);
  }

  private static void scale(
      Block rows, int from, int to, double[] weights, int first, double[] scaled) {
    int d = rows.columns();
    double[] values = rows.values();
    for (int i = from; i < to; i++) {
      double weight = weights[first + i];
      int row = i * d;
      System.arraycopy(values, rows.offset() + row, scaled, row, d);
      for (int j = row; j < row + d; j++) { // of one array, which the JIT compiler vectorises
        scaled[j] *= weight;
      }
    }
  }
}
