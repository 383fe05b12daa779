package dev.tiebreak.linalg;

import org.jspecify.annotations.Nullable;

/**
 * The one kernel that all others are made of, on one thread: a product of blocks that fit the
 * caches. Safe to share.
 */
interface BlockProducts {

  /**
   * {@code c} += {@code sign} · {@code a} {@code b}, each number summed in an order that only the
   * shapes determine.
   *
   * @param sign 1 or −1
   * @param a n × k
   * @param b k × m
   * @param c n × m, not transposed, changed; shares nothing with the others
   */
  void add(int sign, Block a, Block b, Block c);

  /**
   * The lower triangle of {@code c} += {@code sign} · {@code a} {@code a}ᵀ. What lies above the
   * diagonal may change too, without meaning.
   *
   * @param a d × k
   * @param c d × d, not transposed; shares nothing with {@code a}
   */
  default void addSquare(int sign, Block a, Block c) {
    SymmetricProducts.add(this, sign, a, c);
  }

  /** {@code products[i]} = Σ_j rows[i m + j] x[j] for from ≤ i &lt; to, m = x.length ≥ 1. */
  default void multiply(double[] rows, double[] x, int from, int to, double[] products) {
    for (int i = from; i < to; i++) {
      products[i] = RowKernels.dot(rows, i * x.length, x, x.length);
    }
  }

  /** Blocks' products in single precision; null where it would not be faster. */
  @Nullable SingleProducts single();

  /** Products of columns of single-precision rows, on one thread. */
  interface SingleProducts {

    /**
     * {@code sum} becomes Σ_i a_ip a_iq for p .. pEnd and q .. qEnd, row after row without gaps,
     * summed in float32. Of a square on the diagonal only the lower triangle has meaning.
     */
    void gram(FloatMatrix a, int p, int pEnd, int q, int qEnd, float[] sum);

    /** Columns of a square on the diagonal from which on two halves and a rectangle are faster. */
    int wideSquare();
  }
}
