package dev.tiebreak.linalg;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The kernels as products of blocks, on several threads; a backend brings the products and the
 * spectra. Work is split by shapes alone, each task writes memory of its own, and sums have one
 * order: results are the same bit for bit whatever the number of threads.
 */
final class BlockedLinearAlgebra implements LinearAlgebra {

  /** Multiply-adds of a task that has few columns. */
  private static final int TASK = 1 << 23;

  /** Numbers that a task reads once. */
  private static final int READ = 1 << 18;

  /** Rows of a task. */
  private static final int LEAST_ROWS = 256;

  private static final int MOST_ROWS = 1024;

  private final BlockProducts products;
  private final Spectra spectra;
  private final Workers workers;

  /** Spectral decompositions of symmetric matrices. */
  @FunctionalInterface
  interface Spectra {
    /** As {@link LinearAlgebra#eigen}. */
    SymmetricEigen decompose(Matrix a);
  }

  /**
   * Kernels on so many threads.
   *
   * @param threads 1 or more
   */
  BlockedLinearAlgebra(BlockProducts products, Spectra spectra, int threads) {
    this.products = products;
    this.spectra = spectra;
    this.workers = new Workers(threads);
  }

  @Override
  public void addWeightedGram(Matrix a, double[] weights, Matrix into) {
    addWeightedGram(new ScaledRows.Doubles(a), weights, into);
  }

  @Override
  public void addWeightedGram(FloatMatrix a, double[] weights, Matrix into) {
    addWeightedGram(new ScaledRows.Floats(a), weights, into);
  }

  @Override
  public void addWeightedGram(Matrix a, int[] first, int[] second, double[] weights, Matrix into) {
    Shapes.requireRowNumbers(first, second, a);
    addWeightedGram(new ScaledRows.Differences(a, first, second), weights, into);
  }

  private void addWeightedGram(ScaledRows a, double[] weights, Matrix into) {
    Shapes.requireWeights(weights, a.count(), a.columns());
    Shapes.requireGram(into, a.count(), a.columns());
    new Gram(products, workers).add(a, weights, into);
  }

  @Override
  public void addGram(FloatMatrix a, Matrix into) {
    Shapes.requireGram(into, a.rows(), a.columns());
    BlockProducts.SingleProducts single = products.single();
    if (single != null && SingleRange.holds(a)) {
      new SingleGram(single, workers).add(a, into);
      return;
    }
    double[] ones = new double[a.rows()];
    Arrays.fill(ones, 1);
    addWeightedGram(a, ones, into);
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
    int n = a.count();
    int m = b.columns();
    Matrix product = Matrix.zeros(n, m);
    Block right = Block.of(b);
    Block result = Block.of(product);
    long cells = Math.max(1, (long) b.rows() * m);
    Tiles tiles = Tiles.of(n, m, (int) Math.clamp(TASK / cells, LEAST_ROWS, MOST_ROWS));
    workers.forEach(
        tiles.count(),
        task -> {
          Tiles.Tile tile = tiles.get(task);
          double[] scratch = a.scratch(tile.height());
          a.load(tile.top(), 0, tile.height(), scratch);
          products.add(
              1,
              a.block(tile.top(), tile.height(), scratch),
              right.part(0, b.rows(), tile.left(), tile.right()),
              result.part(tile.top(), tile.bottom(), tile.left(), tile.right()));
        });
    return product;
  }

  @Override
  public void addTransposedProduct(Matrix a, Matrix b, Matrix into) {
    Shapes.requireTransposedProduct(a, b, into);
    Tiles tiles = Tiles.of(into.rows(), into.columns(), LEAST_ROWS);
    Split.addRows(
        a.rows(),
        into,
        workers,
        (from, to, sum, shared) -> {
          Block left = Block.of(a).slice(from, to);
          Block right = Block.of(b).slice(from, to);
          shared.forEach(
              tiles.count(),
              task -> {
                Tiles.Tile tile = tiles.get(task);
                products.add(
                    1,
                    left.part(0, to - from, tile.top(), tile.bottom()).transpose(),
                    right.part(0, to - from, tile.left(), tile.right()),
                    sum.part(tile.top(), tile.bottom(), tile.left(), tile.right()));
              });
        });
  }

  @Override
  public double[] multiply(Matrix a, double[] x) {
    Shapes.requireColumns(x, a);
    double[] product = new double[a.rows()];
    int height = Math.max(1, READ / Math.max(1, x.length));
    if (x.length > 0) {
      workers.forEach(
          (a.rows() + height - 1) / height,
          task -> {
            int from = task * height;
            products.multiply(a.values(), x, from, Math.min(from + height, a.rows()), product);
          });
    }
    return product;
  }

  @Override
  public double[] multiplyTransposed(Matrix a, double[] x) {
    return MatrixVectors.multiplyTransposed(a, x);
  }

  @Override
  public @Nullable Cholesky cholesky(Matrix a) {
    Shapes.requireSquare(a);
    return BlockedCholesky.factor(a, products, workers);
  }

  @Override
  public SymmetricEigen eigen(Matrix a) {
    Shapes.requireSquare(a);
    return spectra.decompose(a);
  }

  @Override
  public LinearAlgebra onOneThread() {
    return new BlockedLinearAlgebra(products, spectra, 1);
  }
}
