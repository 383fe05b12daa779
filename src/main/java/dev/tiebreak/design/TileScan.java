package dev.tiebreak.design;

/**
 * Looks at every candidate of a tile and leaves the best of them in it. One thread uses one.
 *
 * <p>Where many pairs of a tile's rows are candidates, q and t come from float32 products of all
 * rows, ‖y_a‖² + ‖y_b‖² − 2 y_aᵀy_b, with an allowance for rounding that makes each gain an upper
 * bound; they are computed again in float64, from y_a − y_b, for the pairs that are held. Those are
 * then the best by the bounds, which may not be the best: only {@link #scanExactly} tells.
 */
final class TileScan {

  private static final int BLOCK = PairKernels.BLOCK;

  /** The share of a tile's pairs from which on products of all its rows pay. */
  private static final double DENSE = 0.1;

  private final PairKernels kernels = PairKernels.inUse();
  private final Tiling tiling;
  private final TileRows rows;
  private final CandidateSet candidates;
  private final PairSet passed;
  private final int capacity;
  private final Distances t = new Distances();
  private final Distances q = new Distances();
  private final double[] gains = new double[BLOCK];

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

  /**
   * Scans a tile: what it holds, and its bound, are right, but other candidates may gain up to the
   * bound.
   *
   * @param hint candidates that gain less are not held
   */
  void scan(Tile tile, double hint) {
    if (tile.listed == null && partners(tile) > DENSE * size(tile.left) * size(tile.right)) {
      begin(tile, hint);
      scanProducts(tile);
      end(tile);
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
    begin(tile, hint);
    if (tile.listed != null) {
      for (long positions : tile.listed) {
        look(tile, PairSet.first(positions), PairSet.second(positions));
      }
    } else {
      for (int a = tiling.start(tile.left); a < tiling.end(tile.left); a++) {
        for (int b = from(tile, a); b < to(tile, a); b++) {
          look(tile, a, b);
        }
      }
    }
    end(tile);
  }

  private void begin(Tile tile, double hint) {
    best = new TopPairs(capacity);
    this.hint = Math.max(hint, tile.floor(capacity));
    leftOut = Double.NEGATIVE_INFINITY;
  }

  /** Below this a pair is not worth holding. */
  private double floor() {
    return Math.max(hint, best.floor());
  }

  private void end(Tile tile) {
    best.finish();
    tile.clear(best.size());
    for (int i = 0; i < best.size(); i++) {
      if (isFree(best.pair(i))) {
        hold(tile, best.pair(i));
      }
    }
    tile.bound = Math.max(leftOut, best.floor());
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

  private void scanProducts(Tile tile) {
    t.take(rows.projected(tile.left), rows.projected(tile.right), 1);
    q.take(rows.whitened(tile.left), rows.whitened(tile.right), -1);
    int lefts = size(tile.left);
    int rights = size(tile.right);
    for (int i = 0; i < lefts; i += BLOCK) {
      for (int j = tile.left == tile.right ? i : 0; j < rights; j += BLOCK) {
        t.multiply(i / BLOCK, j / BLOCK);
        q.multiply(i / BLOCK, j / BLOCK);
        for (int row = i; row < Math.min(i + BLOCK, lefts); row++) {
          scanRow(tile, row, j, Math.min(j + BLOCK, rights));
        }
      }
    }
  }

  /** One row of the tile's left bucket with those from..to − 1 of its right one. */
  private void scanRow(Tile tile, int row, int from, int to) {
    int a = tiling.start(tile.left) + row;
    int start = tiling.start(tile.right) + from;
    int first = Math.max(from(tile, a), start) - start;
    int end = Math.min(tiling.groupEnd(a) - start, to - from);
    double[] most = t.bounds(row % BLOCK);
    double[] least = q.bounds(row % BLOCK);
    double v = tile.greatestVariance;
    double vt = v / t.squaredScale;
    double vq = v / q.squaredScale;
    for (int j = 0; j < BLOCK; j++) {
      gains[j] = vt * most[j] / (1 + vq * Math.max(0, least[j]));
    }
    double out = Double.NEGATIVE_INFINITY;
    double floor = floor();
    for (int j = first; j < end; j++) {
      double gain = gains[j];
      if (gain >= floor) {
        offer(a, start + j, most[j] / t.squaredScale, Math.max(0, least[j]) / q.squaredScale);
        floor = floor();
      } else if (gain > out) {
        out = gain;
      }
    }
    leftOut = Math.max(leftOut, out);
  }

  /** Bounds of scaled squared distances between the vectors of two buckets, block by block. */
  private final class Distances {
    private final float[] products = new float[BLOCK * BLOCK];
    private final double[] bounds = new double[BLOCK];
    private Vectors.Blocks first = new Vectors.Blocks(new float[0][], new double[0][]);
    private Vectors.Blocks second = first;
    private int components;
    private double squaredScale = 1;
    private double factor;
    private int left;
    private int right;

    /** {@code sign} is 1 for upper bounds, −1 for lower ones. */
    void take(Vectors first, Vectors second, int sign) {
      this.first = first.blocks();
      this.second = second.blocks();
      components = first.components();
      squaredScale = first.squaredScale();
      factor = 1 + sign * first.rounding();
    }

    void multiply(int left, int right) {
      this.left = left;
      this.right = right;
      kernels.multiply(first.vectors()[left], second.vectors()[right], components, products);
    }

    /** Bounds for a vector of the left block with each of the right; the array is used again. */
    double[] bounds(int row) {
      double own = factor * first.norms()[left][row];
      double[] norms = second.norms()[right];
      int offset = row * BLOCK;
      for (int c = 0; c < BLOCK; c++) {
        bounds[c] = products[offset + c];
      }
      for (int c = 0; c < BLOCK; c++) {
        bounds[c] = own + factor * norms[c] - 2 * bounds[c];
      }
      return bounds;
    }
  }

  /**
   * Offers a pair by bounds of its t, above, and its q, below. Whether it is a candidate is asked
   * of those alone that come out best: what was asked before seldom does.
   */
  private void offer(int a, int b, double t, double q) {
    double v = Logit.variance(tiling.rewards()[a] - tiling.rewards()[b]);
    double gain = v * t / (1 + v * q);
    if (gain < floor()) {
      leftOut = Math.max(leftOut, gain);
    } else if (tiling.allows(a, b)) {
      best.offer(PairSet.pack(tiling.row(a), tiling.row(b)), gain);
    }
  }

  private boolean isFree(long pair) {
    return candidates.contains(pair) && !passed.contains(pair);
  }

  private void look(Tile tile, int a, int b) {
    int i = a - tiling.start(tile.left);
    int j = b - tiling.start(tile.right);
    double t = Vectors.squaredDistance(rows.projected(tile.left), i, rows.projected(tile.right), j);
    double most = tile.greatestVariance * t;
    if (most < floor()) {
      leftOut = Math.max(leftOut, most);
    } else if (isFree(PairSet.pack(tiling.row(a), tiling.row(b)))) {
      double q = Vectors.squaredDistance(rows.whitened(tile.left), i, rows.whitened(tile.right), j);
      offer(a, b, t, q);
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
