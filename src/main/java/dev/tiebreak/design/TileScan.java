package dev.tiebreak.design;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.preference.Logistic;
import java.util.Set;

/**
 * Looks at every candidate of a tile and leaves the best of them in it. One thread scans a tile.
 *
 * <p>Where many pairs of a tile's rows are candidates, q and t come from products of all rows,
 * ‖y_a‖² + ‖y_b‖² − 2 y_aᵀy_b, with an allowance for rounding, and are computed again from y_a −
 * y_b for the pairs that may be worth holding.
 *
 * @param rows of which the tile's buckets have followed
 * @param passed candidates that are passed over
 * @param capacity how many candidates a tile holds
 */
record TileScan(
    Tiling tiling,
    TileRows rows,
    CandidateSet candidates,
    Set<Long> passed,
    int capacity,
    LinearAlgebra linearAlgebra) {

  /** The share of a tile's pairs from which on products of all its rows pay. */
  private static final double DENSE = 0.1;

  /** Rounding of ‖y_a‖² + ‖y_b‖² − 2 y_aᵀy_b, relative to the first two. */
  private static final double ROUNDING = 1e-13;

  /**
   * Scans a tile.
   *
   * @param hint candidates that gain less are not held
   */
  void scan(Tile tile, double hint) {
    Found found = new Found(tile, new TopPairs(capacity), hint);
    if (tile.listed != null) {
      for (long positions : tile.listed) {
        look(PairSet.first(positions), PairSet.second(positions), found);
      }
    } else if (partners(tile) > DENSE * size(tile.left) * size(tile.right)) {
      scanProducts(tile, found);
    } else {
      scanRows(tile, found);
    }
    TopPairs best = found.best.finish();
    tile.clear(best.size());
    for (int i = 0; i < best.size(); i++) {
      hold(tile, best.pair(i));
    }
    tile.bound = Math.max(found.leftOut, best.floor());
  }

  /** What was found so far. */
  private static final class Found {
    private final Tile tile;
    private final TopPairs best;
    private final double hint;
    private double leftOut = Double.NEGATIVE_INFINITY;

    Found(Tile tile, TopPairs best, double hint) {
      this.tile = tile;
      this.best = best;
      this.hint = hint;
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

  private void scanRows(Tile tile, Found found) {
    for (int a = tiling.start(tile.left); a < tiling.end(tile.left); a++) {
      for (int b = from(tile, a); b < to(tile, a); b++) {
        look(a, b, found);
      }
    }
  }

  private void scanProducts(Tile tile, Found found) {
    Distances t = new Distances(rows.projected(tile.left), rows.projected(tile.right));
    Distances q = new Distances(rows.whitened(tile.left), rows.whitened(tile.right));
    double[] gains = new double[size(tile.right)];
    double v = tile.greatestVariance;
    int start = tiling.start(tile.right);
    for (int a = tiling.start(tile.left); a < tiling.end(tile.left); a++) {
      double[] most = t.row(a - tiling.start(tile.left), 1 + ROUNDING);
      double[] least = q.row(a - tiling.start(tile.left), 1 - ROUNDING);
      for (int j = 0; j < gains.length; j++) {
        gains[j] = v * most[j] / (1 + v * Math.max(0, least[j]));
      }
      for (int b = from(tile, a); b < to(tile, a); b++) {
        double gain = gains[b - start];
        if (gain >= found.floor()) {
          look(a, b, found);
        } else {
          found.leftOut = Math.max(found.leftOut, gain);
        }
      }
    }
  }

  /** Squared distances of the vectors of two buckets, to rounding. */
  private final class Distances {
    private final double[] left;
    private final double[] right;
    private final double[] products;
    private final double[] row;

    Distances(Vectors first, Vectors second) {
      left = first.squares();
      right = second.squares();
      products = first.products(second, linearAlgebra).values();
      row = new double[right.length];
    }

    /** ‖y_a‖² + ‖y_b‖², times a factor, − 2 y_aᵀy_b for all b; the array is used again. */
    double[] row(int a, double factor) {
      System.arraycopy(products, a * row.length, row, 0, row.length);
      double own = left[a];
      for (int j = 0; j < row.length; j++) {
        row[j] = factor * (own + right[j]) - 2 * row[j];
      }
      return row;
    }
  }

  private void look(int a, int b, Found found) {
    Tile tile = found.tile;
    int i = a - tiling.start(tile.left);
    int j = b - tiling.start(tile.right);
    double v = Logistic.variance(tiling.rewards()[a] - tiling.rewards()[b]);
    double t = Vectors.squaredDistance(rows.projected(tile.left), i, rows.projected(tile.right), j);
    double gain = v * t;
    if (gain >= found.floor()) {
      gain /=
          1
              + v
                  * Vectors.squaredDistance(
                      rows.whitened(tile.left), i, rows.whitened(tile.right), j);
    }
    if (gain >= found.floor()) {
      long pair = PairSet.pack(tiling.row(a), tiling.row(b));
      if (candidates.contains(pair) && !passed.contains(pair)) {
        found.best.offer(pair, gain);
      }
    } else {
      found.leftOut = Math.max(found.leftOut, gain);
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
        Logistic.variance(tiling.rewards()[a] - tiling.rewards()[b]),
        Vectors.squaredDistance(rows.whitened(tile.left), i, rows.whitened(tile.right), j),
        Vectors.squaredDistance(rows.projected(tile.left), i, rows.projected(tile.right), j));
  }
}
