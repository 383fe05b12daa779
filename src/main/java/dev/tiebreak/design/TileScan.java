package dev.tiebreak.design;

import java.util.Arrays;
import java.util.Set;

/**
 * Looks at every candidate of a tile and leaves the best of them in it. One thread scans a tile.
 *
 * @param rows of which the tile's buckets have followed
 * @param passed candidates that are passed over
 * @param capacity how many candidates a tile holds
 */
record TileScan(
    Tiling tiling, TileRows rows, CandidateSet candidates, Set<Long> passed, int capacity) {

  /**
   * Scans a tile.
   *
   * @param hint candidates that gain less are not held
   */
  void scan(Tile tile, double hint) {
    Found found = new Found(tile, new TopPairs(capacity), hint);
    if (tile.listed == null) {
      scanRows(tile, found);
    } else {
      scanListed(tile, tile.listed, found);
    }
    TopPairs best = found.best.finish();
    tile.clear(best.size());
    for (int i = 0; i < best.size(); i++) {
      hold(tile, best.pair(i));
    }
    tile.bound = Math.max(found.leftOut, best.floor());
  }

  /** What was found so far; the pairs are positions. */
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

    /** Whether a pair with this t may be worth holding; it is accounted for where it is not. */
    boolean promises(double t) {
      double most = tile.greatestVariance * t;
      return most >= floor() || leaveOut(most);
    }

    /** False. */
    boolean leaveOut(double gain) {
      leftOut = Math.max(leftOut, gain);
      return false;
    }

    double floor() {
      return Math.max(hint, best.floor());
    }
  }

  private void scanRows(Tile tile, Found found) {
    int start = tiling.start(tile.right);
    int size = tiling.end(tile.right) - start;
    double[] t = new double[size];
    double[] q = new double[size];
    for (int a = tiling.start(tile.left); a < tiling.end(tile.left); a++) {
      int from = Math.max(a + 1, start) - start;
      int to = Math.min(tiling.groupEnd(a), start + size) - start;
      int own = a - tiling.start(tile.left);
      squares(rows.projected(tile.left), own, rows.projected(tile.right), from, to, t);
      boolean known = false;
      for (int j = from; j < to; j++) {
        if (found.promises(t[j])) {
          if (!known) {
            squares(rows.whitened(tile.left), own, rows.whitened(tile.right), from, to, q);
            known = true;
          }
          offer(a, start + j, q[j], t[j], found);
        }
      }
    }
  }

  private void scanListed(Tile tile, long[] listed, Found found) {
    for (long pair : listed) {
      double t = TileRows.squaredNorm(projected(tile, pair));
      if (found.promises(t)) {
        double q = TileRows.squaredNorm(whitened(tile, pair));
        offer(PairSet.first(pair), PairSet.second(pair), q, t, found);
      }
    }
  }

  private void offer(int a, int b, double q, double t, Found found) {
    double v = Logit.variance(tiling.rewards()[a] - tiling.rewards()[b]);
    double gain = v * t / (1 + v * q);
    if (gain < found.floor()) {
      found.leaveOut(gain);
    } else {
      long pair = PairSet.pack(tiling.row(a), tiling.row(b));
      if (candidates.contains(pair) && !passed.contains(pair)) {
        found.best.offer(pair, gain);
      }
    }
  }

  private void hold(Tile tile, long pair) {
    long positions = tiling.positions(pair);
    double v =
        Logit.variance(
            tiling.rewards()[PairSet.first(positions)]
                - tiling.rewards()[PairSet.second(positions)]);
    tile.hold(
        pair,
        positions,
        v,
        TileRows.squaredNorm(whitened(tile, positions)),
        TileRows.squaredNorm(projected(tile, positions)));
  }

  /** ω of a pair of positions, from buckets that have followed. */
  double[] whitened(Tile tile, long positions) {
    return difference(rows.whitened(tile.left), rows.whitened(tile.right), tile, positions);
  }

  /** κ of a pair of positions, from buckets that have followed. */
  double[] projected(Tile tile, long positions) {
    return difference(rows.projected(tile.left), rows.projected(tile.right), tile, positions);
  }

  private double[] difference(double[][] left, double[][] right, Tile tile, long positions) {
    int i = PairSet.first(positions) - tiling.start(tile.left);
    int j = PairSet.second(positions) - tiling.start(tile.right);
    double[] difference = new double[left.length];
    for (int c = 0; c < difference.length; c++) {
      difference[c] = left[c][i] - right[c][j];
    }
    return difference;
  }

  /** Squared distances of one row from others, components in order: equal rows, equal sums. */
  private static void squares(
      double[][] left, int own, double[][] right, int from, int to, double[] sums) {
    Arrays.fill(sums, from, Math.max(from, to), 0);
    int c = 0;
    for (; c + 4 <= left.length; c += 4) {
      double own0 = left[c][own];
      double own1 = left[c + 1][own];
      double own2 = left[c + 2][own];
      double own3 = left[c + 3][own];
      double[] c0 = right[c];
      double[] c1 = right[c + 1];
      double[] c2 = right[c + 2];
      double[] c3 = right[c + 3];
      for (int j = from; j < to; j++) {
        double t0 = own0 - c0[j];
        double t1 = own1 - c1[j];
        double t2 = own2 - c2[j];
        double t3 = own3 - c3[j];
        sums[j] = Math.fma(t3, t3, Math.fma(t2, t2, Math.fma(t1, t1, Math.fma(t0, t0, sums[j]))));
      }
    }
    for (; c < left.length; c++) {
      double mine = left[c][own];
      double[] others = right[c];
      for (int j = from; j < to; j++) {
        double difference = mine - others[j];
        sums[j] = Math.fma(difference, difference, sums[j]);
      }
    }
  }
}
