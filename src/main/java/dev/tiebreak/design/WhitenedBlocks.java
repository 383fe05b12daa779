package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Logistic;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whitened rows in float32, in blocks of 64 that hold component by component, with what bounds the
 * score v ‖ζ_a − ζ_b‖² of any pair of rows or blocks from above.
 *
 * <p>A bound on a pair is ‖ζ_a‖² + ‖ζ_b‖² − 2 ζ_aᵀζ_b in float32, its norms enlarged by the share κ
 * = (m + 24) 2⁻²⁴ that rounding can take away: m roundings of the product, each at most 2⁻²⁴ of
 * ‖ζ_a‖ ‖ζ_b‖ ≤ (‖ζ_a‖² + ‖ζ_b‖²)/2 (Higham, Accuracy and Stability of Numerical Algorithms,
 * section 3.1), and those of the numbers themselves and of the last steps. All rows are scaled by
 * one power of two so that no norm is above 1.
 *
 * <p>v = 1 / (e^(Δ/2) + e^(−Δ/2))², Δ = r_a − r_b, from two exponentials a row and none a pair.
 * Rewards further than 40 logits from their median are moved there: that brings rewards nearer to
 * each other, never further apart, so that v stays a bound from above.
 *
 * <p>Rows are sorted into strata of like rewards and within one by falling norm, so that blocks
 * differ in both and whole pairs of blocks fall below a threshold.
 *
 * <p>Memory: 4 n m bytes.
 */
final class WhitenedBlocks {

  private static final int BLOCK = PairKernels.BLOCK;

  /** e^40 squared, and its product with any score that matters, are float32 numbers. */
  private static final double FURTHEST = 40;

  private static final double ROUNDING = 0x1p-24;

  private final int components;
  private final float[][] blocks;
  private final PairKernels.Side[] sides;
  private final int[] rows;

  /** Bounds on the blocks: the greatest norm, the least and the greatest reward. */
  private final double[] radius;

  private final double[] least;
  private final double[] greatest;

  /** Scaled scores are scores times this, a power of two. */
  private final double scale;

  private final boolean weighted;

  private WhitenedBlocks(int rows, int components, double scale, boolean weighted) {
    int count = (rows + BLOCK - 1) / BLOCK;
    this.components = components;
    this.scale = scale;
    this.weighted = weighted;
    this.blocks = new float[count][];
    this.sides = new PairKernels.Side[count];
    this.rows = new int[count * BLOCK];
    this.radius = new double[count];
    this.least = new double[count];
    this.greatest = new double[count];
  }

  /**
   * Blocks of the rows of a matrix.
   *
   * @param whitened n × m
   * @param rewards n, logits; null for weights of one
   * @return null where there is nothing to gain or no float32 to hold it: all rows are zero, or a
   *     norm overflows
   */
  static @Nullable WhitenedBlocks of(Matrix whitened, double @Nullable [] rewards) {
    double[] norms = squaredNorms(whitened);
    double most = Arrays.stream(norms).max().orElse(0);
    double[] logits = rewards == null ? new double[norms.length] : rewards;
    boolean finite = Arrays.stream(logits).allMatch(Double::isFinite);
    if (!(most > 0x1p-900 && most < 0x1p900 && finite)) {
      return null;
    }
    double root = Math.scalb(1.0, -Math.getExponent(Math.sqrt(most)) - 1);
    var result =
        new WhitenedBlocks(whitened.rows(), whitened.columns(), root * root, rewards != null);
    int[] order = order(norms, logits);
    double median = median(logits);
    IntStream.range(0, result.blocks.length)
        .parallel()
        .forEach(block -> result.fill(block, order, whitened, norms, logits, median, root));
    return result;
  }

  int count() {
    return blocks.length;
  }

  /** The row at a place of a block. */
  int row(int block, int place) {
    return rows[block * BLOCK + place];
  }

  /** A float32 threshold that no pair of at least this score stays below. */
  float threshold(double score) {
    double scaled = Math.max(0, (weighted ? score : score / 4) * scale);
    return Math.nextDown((float) Math.min(scaled, 1e30) * (1 - 0x1p-20f));
  }

  /** No pair of a row of one block and a row of the other scores more than this. */
  double bound(int one, int other) {
    double reach = radius[one] + radius[other];
    double gap = Math.max(least[one] - greatest[other], least[other] - greatest[one]);
    double v = weighted ? Logistic.variance(Math.max(0, gap)) : 1;
    return v * reach * reach * (1 + 1e-9);
  }

  /** Row r of one block and row c of the other, of this product, score no more than this. */
  double bound(int one, int r, int other, int c, float product) {
    PairKernels.Side left = sides[one];
    PairKernels.Side right = sides[other];
    double form = (double) left.norms()[r] + right.norms()[c] - 2.0 * product;
    double root =
        (double) left.grow()[r] * right.shrink()[c] + (double) left.shrink()[r] * right.grow()[c];
    double score = Math.max(0, form) / (root * root) / scale * (1 + 0x1p-20);
    return weighted ? score : 4 * score;
  }

  /**
   * Finds the pairs of two blocks that may reach a threshold.
   *
   * @param places gets 64 r + c for row r of one and row c of the other
   * @return their number
   */
  int reaching(
      PairKernels kernels, int one, int other, float threshold, float[] tile, int[] places) {
    kernels.multiply(blocks[one], blocks[other], components, tile);
    return kernels.reaching(tile, sides[one], sides[other], threshold, places);
  }

  private void fill(
      int block,
      int[] order,
      Matrix whitened,
      double[] norms,
      double[] rewards,
      double median,
      double root) {
    int m = components;
    float[] values = new float[m * BLOCK];
    var side = new PairKernels.Side(new float[BLOCK], new float[BLOCK], new float[BLOCK]);
    Arrays.fill(side.norms(), Float.NEGATIVE_INFINITY);
    Arrays.fill(rows, block * BLOCK, (block + 1) * BLOCK, -1);
    double most = 0;
    least[block] = Double.POSITIVE_INFINITY;
    greatest[block] = Double.NEGATIVE_INFINITY;
    double margin = 1 + (m + 24) * ROUNDING * 1.02;
    for (int r = 0; r < BLOCK && block * BLOCK + r < order.length; r++) {
      int row = order[block * BLOCK + r];
      rows[block * BLOCK + r] = row;
      for (int j = 0; j < m; j++) {
        values[j * BLOCK + r] = (float) (root * whitened.values()[row * m + j]);
      }
      double norm = norms[row] * root * root;
      side.norms()[r] = Math.nextUp((float) (norm * margin + 1e-30));
      double reward = Math.clamp(rewards[row] - median, -FURTHEST, FURTHEST);
      side.grow()[r] = (float) Math.exp(reward / 2);
      side.shrink()[r] = (float) Math.exp(-reward / 2);
      most = Math.max(most, norms[row]);
      least[block] = Math.min(least[block], rewards[row]);
      greatest[block] = Math.max(greatest[block], rewards[row]);
    }
    radius[block] = Math.sqrt(most);
    blocks[block] = values;
    sides[block] = side;
  }

  /** By stratum of rewards, then by falling norm. */
  private static int[] order(double[] norms, double[] rewards) {
    int n = norms.length;
    long[] keys = new long[n];
    for (int i = 0; i < n; i++) {
      keys[i] = key(rewards[i], i);
    }
    Arrays.sort(keys);
    int strata = rewards[(int) keys[n - 1]] - rewards[(int) keys[0]] < 0.5 ? 1 : strata(n);
    for (int i = 0; i < n; i++) {
      keys[i] = key(-norms[(int) keys[i]], (int) keys[i]);
    }
    for (int s = 0; s < strata; s++) {
      Arrays.sort(keys, edge(n, s, strata), edge(n, s + 1, strata));
    }
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  /** Sorts as the value does, to float32, then as the row. */
  private static long key(double value, int row) {
    int bits = Float.floatToIntBits((float) value);
    return (long) (bits ^ ((bits >> 31) & Integer.MAX_VALUE)) << 32 | row;
  }

  /** About as many strata as blocks in one. */
  private static int strata(int n) {
    return Math.max(1, (int) Math.sqrt((double) n / BLOCK));
  }

  private static int edge(int n, int stratum, int strata) {
    int blocks = (n + BLOCK - 1) / BLOCK;
    return (int) Math.min(n, (long) blocks * stratum / strata * BLOCK);
  }

  private static double median(double[] rewards) {
    double[] sorted = rewards.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double[] squaredNorms(Matrix rows) {
    int m = rows.columns();
    double[] norms = new double[rows.rows()];
    for (int i = 0; i < norms.length; i++) {
      double sum = 0;
      for (int j = 0; j < m; j++) {
        double value = rows.values()[i * m + j];
        sum = Math.fma(value, value, sum);
      }
      norms[i] = sum;
    }
    return norms;
  }
}
