package dev.tiebreak.design;

/**
 * Looks at every candidate of a tile and leaves the best of them in it. One thread scans a tile.
 *
 * <p>Where many pairs of a tile's rows are candidates, q and t come from float32 products of all
 * rows, ‖y_a‖² + ‖y_b‖² − 2 y_aᵀy_b, with an allowance for rounding that makes each gain an upper
 * bound; they are computed again in float64, from y_a − y_b, for the pairs that are held. Those are
 * then the best by the bounds, which may not be the best: only {@link #scanExactly} tells.
 *
 * @param rows of which the tile's buckets have followed
 * @param passed candidates that are passed over
 * @param capacity how many candidates a tile holds
 */
record TileScan(
    Tiling tiling, TileRows rows, CandidateSet candidates, PairSet passed, int capacity) {

  private static final PairKernels KERNELS = PairKernels.inUse();
  private static final int BLOCK = PairKernels.BLOCK;

  /** The share of a tile's pairs from which on products of all its rows pay. */
  private static final double DENSE = 0.1;

  /** What a float32 operation may be off by, relatively. */
  private static final double FLOAT_ROUNDING = 0x1p-24;

  /**
   * Scans a tile: what it holds, and its bound, are right, but other candidates may gain up to the
   * bound.
   *
   * @param hint candidates that gain less are not held
   */
  void scan(Tile tile, double hint) {
    if (tile.listed == null && partners(tile) > DENSE * size(tile.left) * size(tile.right)) {
      Found found = new Found(tile, new TopPairs(capacity), hint);
      scanProducts(tile, found);
      hold(tile, found);
    } else {
      scanExactly(tile, hint);
    }
  }

  /**
   * Scans a tile in float64: no candidate that is not held gains more than those that are.
   *
   * @param hint candidates that gain less are not held
   */
  void scanExactly(Tile tile, double hint) {
    Found found = new Found(tile, new TopPairs(capacity), hint);
    if (tile.listed != null) {
      for (long positions : tile.listed) {
        look(PairSet.first(positions), PairSet.second(positions), found);
      }
    } else {
      for (int a = tiling.start(tile.left); a < tiling.end(tile.left); a++) {
        for (int b = from(tile, a); b < to(tile, a); b++) {
          look(a, b, found);
        }
      }
    }
    hold(tile, found);
  }

  private void hold(Tile tile, Found found) {
    TopPairs best = found.best.finish();
    tile.clear(best.size());
    for (int i = 0; i < best.size(); i++) {
      if (isFree(best.pair(i))) {
        hold(tile, best.pair(i));
      }
    }
    tile.bound = Math.max(found.leftOut, best.floor());
  }

  /** What was found so far. */
  private static final class Found {
    private final Tile tile;
    private final TopPairs best;
    private final double hint;
    private final double[] gains = new double[BLOCK];
    private double leftOut = Double.NEGATIVE_INFINITY;

    Found(Tile tile, TopPairs best, double hint) {
      this.tile = tile;
      this.best = best;
      this.hint = hint;
    }

    void leaveOut(double gain) {
      leftOut = Math.max(leftOut, gain);
    }

    /** Below this a pair is not worth holding. */
    double floor() {
      return Math.max(hint, best.floor());
    }
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

  private void scanProducts(Tile tile, Found found) {
    Vectors[] y = {rows.projected(tile.left), rows.projected(tile.right)};
    Vectors[] zeta = {rows.whitened(tile.left), rows.whitened(tile.right)};
    Distances t = new Distances(y[0], y[1], 1);
    Distances q = new Distances(zeta[0], zeta[1], -1);
    int lefts = tiling.end(tile.left) - tiling.start(tile.left);
    int rights = tiling.end(tile.right) - tiling.start(tile.right);
    for (int i = 0; i < lefts; i += BLOCK) {
      for (int j = tile.left == tile.right ? i : 0; j < rights; j += BLOCK) {
        t.multiply(i, j);
        q.multiply(i, j);
        for (int row = i; row < Math.min(i + BLOCK, lefts); row++) {
          scanRow(tile, row, j, Math.min(j + BLOCK, rights), t, q, found);
        }
      }
    }
  }

  /** One row of the tile's left bucket with those from..to − 1 of its right one. */
  private void scanRow(
      Tile tile, int row, int from, int to, Distances t, Distances q, Found found) {
    int a = tiling.start(tile.left) + row;
    int start = tiling.start(tile.right);
    int first = Math.max(from, from(tile, a) - start) - from;
    int end = Math.min(to, to(tile, a) - start) - from;
    if (first >= end) {
      return;
    }
    double[] most = t.bounds(row);
    double[] least = q.bounds(row);
    double[] gains = found.gains;
    double v = tile.greatestVariance;
    for (int j = 0; j < BLOCK; j++) {
      gains[j] = v * most[j] / (1 + v * Math.max(0, least[j]));
    }
    double leftOut = Double.NEGATIVE_INFINITY;
    double floor = found.floor();
    for (int j = first; j < end; j++) {
      if (gains[j] >= floor) {
        offer(a, start + from + j, most[j], Math.max(0, least[j]), found);
        floor = found.floor();
      } else if (gains[j] > leftOut) {
        leftOut = gains[j];
      }
    }
    found.leaveOut(leftOut);
  }

  /** Bounds of squared distances between the vectors of two buckets, block by block. */
  private static final class Distances {
    private final Vectors first;
    private final Vectors second;
    private final double factor;
    private final float[] products = new float[BLOCK * BLOCK];
    private final double[] rightNorms = new double[BLOCK];
    private final double[] bounds = new double[BLOCK];

    /** {@code sign} is 1 for upper bounds, −1 for lower ones. */
    Distances(Vectors first, Vectors second, int sign) {
      this.first = first;
      this.second = second;
      // of each factor twice, of each of the sum's terms once, and one for what follows
      this.factor = 1 + sign * (first.components() + 4) * FLOAT_ROUNDING;
    }

    /** Takes the blocks that begin with these vectors. */
    void multiply(int i, int j) {
      float[] left = first.blocks()[i / BLOCK];
      float[] right = second.blocks()[j / BLOCK];
      KERNELS.multiply(left, right, first.components(), products);
      double[] squares = second.squares();
      for (int c = 0; c < BLOCK; c++) {
        rightNorms[c] = j + c < squares.length ? squares[j + c] : 0;
      }
    }

    /** Bounds for a vector of the first bucket with each of the block; the array is used again. */
    double[] bounds(int row) {
      double own = first.squares()[row];
      double twice = -2 * first.squaredUnit();
      int offset = row % BLOCK * BLOCK;
      for (int c = 0; c < BLOCK; c++) {
        bounds[c] = factor * (own + rightNorms[c]) + twice * products[offset + c];
      }
      return bounds;
    }
  }

  /**
   * Offers a pair by bounds of its t, above, and its q, below. Whether it is a candidate is asked
   * of those alone that come out best: what was asked before seldom does.
   */
  private void offer(int a, int b, double t, double q, Found found) {
    double v = Logit.variance(tiling.rewards()[a] - tiling.rewards()[b]);
    double gain = v * t / (1 + v * q);
    if (gain < found.floor()) {
      found.leaveOut(gain);
    } else if (tiling.allows(a, b)) {
      found.best.offer(PairSet.pack(tiling.row(a), tiling.row(b)), gain);
    }
  }

  private boolean isFree(long pair) {
    return candidates.contains(pair) && !passed.contains(pair);
  }

  private void look(int a, int b, Found found) {
    Tile tile = found.tile;
    int i = a - tiling.start(tile.left);
    int j = b - tiling.start(tile.right);
    double t = Vectors.squaredDistance(rows.projected(tile.left), i, rows.projected(tile.right), j);
    double most = tile.greatestVariance * t;
    if (most < found.floor()) {
      found.leaveOut(most);
    } else if (isFree(PairSet.pack(tiling.row(a), tiling.row(b)))) {
      double q = Vectors.squaredDistance(rows.whitened(tile.left), i, rows.whitened(tile.right), j);
      offer(a, b, t, q, found);
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
        Logit.variance(tiling.rewards()[a] - tiling.rewards()[b]),
        Vectors.squaredDistance(rows.whitened(tile.left), i, rows.whitened(tile.right), j),
        Vectors.squaredDistance(rows.projected(tile.left), i, rows.projected(tile.right), j));
  }
}
