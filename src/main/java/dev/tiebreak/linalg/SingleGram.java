package dev.tiebreak.linalg;

/** Symmetric updates of single-precision rows at single-precision speed. */
final class SingleGram {

  private final BlockProducts.SingleProducts products;
  private final Workers workers;

  SingleGram(BlockProducts.SingleProducts products, Workers workers) {
    this.products = products;
    this.workers = workers;
  }

  /** {@code into} += Σ_i a_i a_iᵀ, both triangles; magnitudes as {@link SingleRange} has them. */
  void add(FloatMatrix a, Matrix into) {
    Split.addRows(
        a.rows(), into, workers, (from, to, sum, shared) -> addRows(a.rows(from, to), sum, shared));
    Triangles.mirror(into);
  }

  private void addRows(FloatMatrix a, Block sum, Workers shared) {
    int height = SingleRange.height(a.columns());
    Tiles tiles = Tiles.ofGram(a.columns());
    shared.forEach(
        tiles.count(),
        task -> {
          Tiles.Tile tile = tiles.get(task);
          float[] gram = new float[tile.height() * tile.width()];
          for (int start = 0; start < a.rows(); start += height) {
            FloatMatrix rows = a.rows(start, Math.min(start + height, a.rows()));
            addTile(rows, tile.top(), tile.bottom(), tile.left(), tile.right(), gram, sum);
          }
        });
  }

  /** Splits wide squares on the diagonal, as {@link SymmetricProducts} does. */
  private void addTile(
      FloatMatrix rows, int top, int bottom, int left, int right, float[] gram, Block sum) {
    if (top == left && bottom - top > products.wideSquare()) {
      int middle = SymmetricProducts.middle(top, bottom);
      addTile(rows, top, middle, left, middle, gram, sum);
      addTile(rows, middle, bottom, left, middle, gram, sum);
      addTile(rows, middle, bottom, middle, right, gram, sum);
      return;
    }
    products.gram(rows, top, bottom, left, right, gram);
    int width = right - left;
    for (int p = top; p < bottom; p++) {
      int into = sum.offset() + p * sum.stride() + left;
      for (int q = 0; q < width; q++) {
        sum.values()[into + q] += gram[(p - top) * width + q];
      }
    }
  }
}
