package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * By how much Σ_i (xᵀu_i)², x a difference of two rows, is at least, for up to 64 vectors u at a
 * time, from float32 products t of all rows with them: ‖t_a − t_b‖ less what rounding can have
 * added to it.
 *
 * <p>Rows and vectors are scaled by powers of two to at most 1. A product of a row z differs by at
 * most (m + 4) 2⁻²⁴ ‖z‖ ‖u_i‖ (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1,
 * with the roundings of the numbers themselves), all of them by at most (m + 4) 2⁻²⁴ ‖z‖ ‖U‖_F in
 * norm, and by less than 2⁻¹⁰⁰ where numbers are too small for float32; the distance's own
 * roundings are a share of less than 2⁻¹⁷.
 *
 * <p>Cost: n m multiply-adds a vector, in parallel; 260 n bytes. Mutable.
 */
final class PickProducts {

  /** Vectors at a time. */
  static final int MOST = PairKernels.BLOCK;

  private static final int BLOCK = PairKernels.BLOCK;
  private static final double ROUNDING = 0x1p-24;
  private static final double TINY = 0x1p-100;
  private static final double KEPT = 1 - 0x1p-17;

  private final PairKernels kernels = PairKernels.inUse();
  private final Matrix rows;
  private final double scale;

  /** Of the scaled rows, rounded up. */
  private final float[] norms;

  private final float[] products;

  /** A product in the rows' and vectors' own units is so many of ours. */
  private double unit;

  /** Rounding of a row's products over its norm. */
  private double margin;

  /** Ready for products of these rows, n × m, finite. */
  PickProducts(Matrix rows) {
    this.rows = rows;
    double[] values = rows.values();
    double most =
        IntStream.range(0, rows.rows())
            .parallel()
            .mapToDouble(row -> greatest(values, row * rows.columns(), rows.columns()))
            .max()
            .orElse(0);
    this.scale = toOne(most);
    this.norms = new float[rows.rows()];
    IntStream.range(0, norms.length)
        .parallel()
        .forEach(row -> norms[row] = norm(values, row * rows.columns(), rows.columns()));
    int blocks = (rows.rows() + BLOCK - 1) / BLOCK;
    this.products = new float[Math.multiplyExact(blocks, BLOCK * MOST)];
  }

  private static double greatest(double[] values, int from, int count) {
    double greatest = 0;
    for (int i = from; i < from + count; i++) {
      greatest = Math.max(greatest, Math.abs(values[i]));
    }
    return greatest;
  }

  /** The power of two that takes a number to between ½ and 1; 1 for 0. */
  private static double toOne(double number) {
    return number > 0 ? Math.scalb(1.0, Math.clamp(-Math.getExponent(number) - 1, -1000, 1000)) : 1;
  }

  /** Multiplies all rows with these vectors, at most {@link #MOST}, in place of those before. */
  void take(List<double[]> vectors) {
    int m = rows.columns();
    double most = vectors.stream().mapToDouble(u -> greatest(u, 0, m)).max().orElse(0);
    double vectorScale = toOne(most);
    float[] right = new float[m * BLOCK];
    double squares = 0;
    for (int i = 0; i < vectors.size(); i++) {
      double[] vector = vectors.get(i);
      for (int j = 0; j < m; j++) {
        double scaled = vector[j] * vectorScale;
        right[j * BLOCK + i] = (float) scaled;
        squares = Math.fma(scaled, scaled, squares);
      }
    }
    unit = scale * vectorScale;
    margin = (m + 4) * ROUNDING * Math.sqrt(squares) * (1 + 0x1p-20);
    int blocks = (rows.rows() + BLOCK - 1) / BLOCK;
    int together = 32;
    IntStream.range(0, (blocks + together - 1) / together)
        .parallel()
        .forEach(part -> multiply(part * together, Math.min((part + 1) * together, blocks), right));
  }

  private void multiply(int fromBlock, int toBlock, float[] right) {
    float[] left = new float[rows.columns() * BLOCK];
    float[] tile = new float[BLOCK * MOST];
    for (int block = fromBlock; block < toBlock; block++) {
      load(block * BLOCK, left);
      kernels.multiply(left, right, rows.columns(), tile);
      System.arraycopy(tile, 0, products, block * tile.length, tile.length);
    }
  }

  /** The rows from {@code first} on, scaled, component by component. */
  private void load(int first, float[] left) {
    int m = rows.columns();
    int count = Math.min(BLOCK, rows.rows() - first);
    double[] values = rows.values();
    if (count < BLOCK) {
      Arrays.fill(left, 0);
    }
    for (int j = 0; j < m; j++) {
      int to = j * BLOCK;
      int from = first * m + j;
      for (int row = 0; row < count; row++, from += m) {
        left[to + row] = (float) (values[from] * scale);
      }
    }
  }

  private float norm(double[] values, int from, int count) {
    double squares = 0;
    for (int i = from; i < from + count; i++) {
      double scaled = values[i] * scale;
      squares = Math.fma(scaled, scaled, squares);
    }
    return Math.nextUp((float) Math.sqrt(squares));
  }

  /** Lower bounds on Σ_i (xᵀu_i)² of the packed pairs from..to − 1. */
  void squares(long[] pairs, int from, int to, double[] into) {
    float[] distances = new float[to - from];
    kernels.squaredDistances(products, pairs, from, to, distances);
    for (int i = 0; i < distances.length; i++) {
      long pair = pairs[from + i];
      double lost = margin * ((double) norms[PairSet.first(pair)] + norms[PairSet.second(pair)]);
      double least = Math.max(0, Math.sqrt(distances[i]) * KEPT - lost - TINY) / unit;
      into[i] = least * least;
    }
  }
}
