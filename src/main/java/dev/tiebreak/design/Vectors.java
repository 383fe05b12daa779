package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/** Vectors side by side, and their distances. Mutable. */
final class Vectors {

  private static final int BLOCK = PairKernels.BLOCK;

  private final Matrix rows;
  private final double scale;
  private @Nullable Blocks blocks;

  /**
   * The vectors in float32, scaled, 64 in a block, by component and vector, and zeros after the
   * last, as {@link PairKernels} take them.
   *
   * @param norms the squared norm of each
   */
  record Blocks(int size, int components, float[][] vectors, double[][] norms) {

    /**
     * By how much, relatively to the norms, float32 may be off in ‖y_a‖² + ‖y_b‖² − 2 y_aᵀy_b: the
     * m roundings of a product, those of the numbers and of the last steps (Higham, Accuracy and
     * Stability of Numerical Algorithms, section 3.1).
     */
    double rounding() {
      return (components + 24) * 0x1p-24 * 1.02;
    }
  }

  /**
   * The rows become the vectors, and change with them.
   *
   * @param greatest no number is much greater than this, &gt; 0
   */
  Vectors(Matrix rows, double greatest) {
    this.rows = rows;
    this.scale = Math.scalb(1.0, -Math.getExponent(greatest) - 1);
  }

  /** The products of a vector with each. */
  double[] products(double[] vector) {
    double[] products = new double[rows.rows()];
    PairKernels.inUse().multiply(rows.values(), vector, 0, products.length, products);
    return products;
  }

  /** Adds scale · scales[i] · vector to each. */
  void add(double[] scales, double scale, double[] vector) {
    PairKernels.inUse().addOuter(rows.values(), scales, scale, vector);
    blocks = null;
  }

  /** The difference of two. */
  static double[] difference(Vectors x, int i, Vectors y, int j) {
    double[] difference = new double[x.rows.columns()];
    for (int c = 0; c < difference.length; c++) {
      difference[c] = x.rows.get(i, c) - y.rows.get(j, c);
    }
    return difference;
  }

  /** The squared distance of two. */
  static double squaredDistance(Vectors first, int i, Vectors second, int j) {
    int m = first.rows.columns();
    return PairKernels.inUse()
        .squaredDistance(first.rows.values(), i * m, second.rows.values(), j * m, m);
  }

  /** What a squared distance is less than in {@link #blocks} by, a power of two. */
  double squaredScale() {
    return scale * scale;
  }

  synchronized Blocks blocks() {
    if (blocks == null) {
      int count = (rows.rows() + BLOCK - 1) / BLOCK;
      blocks =
          new Blocks(
              rows.rows(),
              rows.columns(),
              new float[count][rows.columns() * BLOCK],
              new double[count][BLOCK]);
      for (int i = 0; i < rows.rows(); i++) {
        fill(blocks.vectors[i / BLOCK], blocks.norms[i / BLOCK], i);
      }
    }
    return blocks;
  }

  private void fill(float[] vectors, double[] norms, int i) {
    int m = rows.columns();
    double norm = 0;
    for (int j = 0; j < m; j++) {
      float value = (float) (scale * rows.values()[i * m + j]);
      vectors[j * BLOCK + i % BLOCK] = value;
      norm += (double) value * value;
    }
    norms[i % BLOCK] = norm;
  }

  /** xᵀy. */
  static double product(double[] x, double[] y) {
    return product(x, y, 0);
  }

  /** Σ_(i ≥ from) x_i y_i, in four interleaved partial sums. */
  static double product(double[] x, double[] y, int from) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 4 <= x.length; i += 4) {
      s0 = Math.fma(x[i], y[i], s0);
      s1 = Math.fma(x[i + 1], y[i + 1], s1);
      s2 = Math.fma(x[i + 2], y[i + 2], s2);
      s3 = Math.fma(x[i + 3], y[i + 3], s3);
    }
    for (; i < x.length; i++) {
      s0 = Math.fma(x[i], y[i], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }
}
