package dev.tiebreak.design;

import java.util.Arrays;

/**
 * Looks at every candidate of a tile and leaves the best of them in it. One thread uses one.
 *
 * <p>A pair gains at least φ, v t / (1 + v q) ≥ φ, where t − φ q ≥ φ / v. Where many pairs of a
 * tile's rows are candidates, those that may do so are found in float32, from products of all rows:
 * t − φ q = N_a + N_b − 2 (y_aᵀy_b − φ ζ_aᵀζ_b), N = ‖y‖² − φ ‖ζ‖² with an allowance for rounding
 * relative to ‖y‖² + φ ‖ζ‖², so that none is missed whatever the kernels. They alone are looked at
 * in float64, from y_a − y_b and ζ_a − ζ_b.
 */
final class TileScan {

  private static final int BLOCK = PairKernels.BLOCK;

  /** The share of a tile's pairs from which on products of all its rows pay. */
  private static final double DENSE = 0.1;

  /** Numbers between this and its inverse, times what float32 loses near 0, are below 1e-30. */
  private static final double TINY = 1e-12;

  /** What is held gains as much when it is computed again, less this share. */
  private static final double ROUNDING = 1e-6;

  private final PairKernels kernels = PairKernels.inUse();
  private final Tiling tiling;
  private final TileRows rows;
  private final CandidateSet candidates;
  private final PairSet passed;
  private final int capacity;
  private final float[] products = new float[BLOCK * BLOCK];
  private final float[] others = new float[BLOCK * BLOCK];
  private final int[] places = new int[BLOCK * BLOCK];
  private final PairKernels.Side left = side();
  private final PairKernels.Side right = side();

  /** The best of the tile in hand, what is not worth holding in it, and what was left out. */
  private TopPairs best = new TopPairs(0);

  private double hint;
  private double leftOut;

  /**
   * A scan of some tiles.
   *
   * @param rows of which the tiles' buckets have followed
   * @param passed candidates that are passed over
   * @param capacity how many candidates a tile holds
   */
  TileScan(Tiling tiling, TileRows rows, CandidateSet candidates, PairSet passed, int capacity) {
    this.tiling = tiling;
    this.rows = rows;
    this.candidates = candidates;
    this.passed = passed;
    this.capacity = capacity;
  }

  private static PairKernels.Side side() {
    return new PairKernels.Side(new float[BLOCK], new float[BLOCK], new float[BLOCK]);
  }

  /**
   * Scans a tile. No candidate that is not held gains more than those held, or else than the hint,
   * and the tile's bound says so. What was held and gains more than the hint is found again unless
   * better is, so that the best gain known does not get lost by a scan.
   *
   * @param hint candidates that gain less need not be held; below the best gain known
   */
  void scan(Tile tile, double hint) {
    this.hint = Math.max(hint, tile.floor(capacity) * (1 - ROUNDING));
    best = new TopPairs(capacity);
    leftOut = Double.NEGATIVE_INFINITY;
    if (tile.listed != null) {
      for (long positions : tile.listed) {
        look(tile, PairSet.first(positions), PairSet.second(positions));
      }
    } else if (partners(tile) < DENSE * size(tile.left) * size(tile.right) || !scanProducts(tile)) {
      scanRows(tile);
    }
    best.finish();
    tile.clear(best.size());
    for (int i = 0; i < best.size(); i++) {
      hold(tile, best.pair(i));
    }
    tile.bound = Math.max(leftOut, best.floor());
  }

  /** Below this a pair is not worth holding. */
  private double floor() {
    return Math.max(hint, best.floor());
  }

  private int size(int bucket) {
    return tiling.end(bucket) - tiling.start(bucket);
  }

  /** The first partner of a position in the tile. */
  private int from(Tile tile, int a) {
    return Math.max(a + 1, tiling.start(tile.right));
  }

  /** The position after its last partner in the tile. */
  private int to(Tile tile, int a) {
    return Math.min(tiling.groupEnd(a), tiling.end(tile.right));
  }

  private long partners(Tile tile) {
    long partners = 0;
    for (int a = tiling.start(tile.left); a < tiling.end(tile.left); a++) {
      partners += Math.max(0, to(tile, a) - from(tile, a));
    }
    return partners;
  }

  private void scanRows(Tile tile) {
    for (int a = tiling.start(tile.left); a < tiling.end(tile.left); a++) {
      for (int b = from(tile, a); b < to(tile, a); b++) {
        look(tile, a, b);
      }
    }
  }

  /** Whether the hint is such that float32 tells anything. */
  private boolean scanProducts(Tile tile) {
    Vectors y = rows.projected(tile.left);
    Vectors zeta = rows.whitened(tile.left);
    double threshold = hint * y.squaredScale();
    double phi = threshold / zeta.squaredScale();
    if (!tiling.separable()
        || !(Math.min(threshold, phi) > TINY && Math.max(threshold, phi) < 1 / TINY)) {
      return false;
    }
    for (int i = 0; i < size(tile.left); i += BLOCK) {
      for (int j = tile.left == tile.right ? i : 0; j < size(tile.right); j += BLOCK) {
        int count = reaching(tile, i / BLOCK, j / BLOCK, (float) phi, threshold);
        for (int p = 0; p < count; p++) {
          int a = tiling.start(tile.left) + i + places[p] / BLOCK;
          int b = tiling.start(tile.right) + j + places[p] % BLOCK;
          if (b >= from(tile, a) && b < to(tile, a)) {
            look(tile, a, b);
          }
        }
      }
    }
    leftOut = Math.max(leftOut, hint);
    return true;
  }

  /** Finds all pairs of two blocks that gain as much as the hint, and some that do not. */
  private int reaching(Tile tile, int i, int j, float phi, double threshold) {
    Vectors.Blocks y = rows.projected(tile.left).blocks();
    Vectors.Blocks yOther = rows.projected(tile.right).blocks();
    Vectors.Blocks zeta = rows.whitened(tile.left).blocks();
    Vectors.Blocks zetaOther = rows.whitened(tile.right).blocks();
    kernels.multiply(y.vectors()[i], yOther.vectors()[j], y.components(), products);
    kernels.multiply(zeta.vectors()[i], zetaOther.vectors()[j], zeta.components(), others);
    for (int p = 0; p < products.length; p++) {
      products[p] = Math.fma(-phi, others[p], products[p]);
    }
    fill(left, tiling.start(tile.left), i, phi, threshold, y, zeta);
    fill(right, tiling.start(tile.right), j, phi, threshold, yOther, zetaOther);
    float floor = Math.nextDown((float) threshold * (1 - 0x1p-19f));
    return kernels.reaching(products, left, right, floor, places);
  }

  private void fill(
      PairKernels.Side side,
      int start,
      int block,
      float phi,
      double threshold,
      Vectors.Blocks y,
      Vectors.Blocks zeta) {
    Arrays.fill(side.norms(), Float.NEGATIVE_INFINITY);
    int from = block * BLOCK;
    double rounding = y.rounding() + zeta.rounding();
    for (int r = 0; r < BLOCK && from + r < y.size(); r++) {
      double one = y.norms()[block][r];
      double other = phi * zeta.norms()[block][r];
      double part = threshold * tiling.part(start + from + r);
      double margin = rounding * (one + other + Math.abs(part)) + 1e-30;
      side.norms()[r] = Math.nextUp((float) (one - other - part + margin));
      side.grow()[r] = tiling.grow(start + from + r);
      side.shrink()[r] = 1 / side.grow()[r];
    }
  }

  private boolean isFree(long pair) {
    return candidates.contains(pair) && !passed.contains(pair);
  }

  private void look(Tile tile, int a, int b) {
    int i = a - tiling.start(tile.left);
    int j = b - tiling.start(tile.right);
    double t = Vectors.squaredDistance(rows.projected(tile.left), i, rows.projected(tile.right), j);
    double v = tiling.weight(a, b);
    double gain = v * t;
    if (gain >= floor()) {
      double q = Vectors.squaredDistance(rows.whitened(tile.left), i, rows.whitened(tile.right), j);
      gain /= 1 + v * q;
    }
    if (gain < floor()) {
      leftOut = Math.max(leftOut, gain);
    } else {
      long pair = PairSet.pack(tiling.row(a), tiling.row(b));
      if (isFree(pair)) {
        best.offer(pair, gain);
      }
    }
  }

  private void hold(Tile tile, long pair) {
    long positions = tiling.positions(pair);
    int a = PairSet.first(positions);
    int b = PairSet.second(positions);
    int i = a - tiling.start(tile.left);
    int j = b - tiling.start(tile.right);
    tile.hold(
        pair,
        positions,
        tiling.weight(a, b),
        Vectors.squaredDistance(rows.whitened(tile.left), i, rows.whitened(tile.right), j),
        Vectors.squaredDistance(rows.projected(tile.left), i, rows.projected(tile.right), j));
  }
}
