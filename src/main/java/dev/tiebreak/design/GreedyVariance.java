package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Exact greedy minimisation of tr(T A⁻¹): one pick at a time the largest gain v t / (1 + v q), q =
 * xᵀA⁻¹x, t = xᵀA⁻¹TA⁻¹x, then A ← A + v x xᵀ. Ties go to the smaller candidate index.
 *
 * <p>The gain is not submodular: a candidate's may rise when another is picked. What a pick can do
 * is bounded, though. With s = v / (1 + v q) of the pick x, and for another candidate the products
 * a = xᵀA⁻¹x_c and b = xᵀA⁻¹TA⁻¹x_c, its q_c falls by s a² and its t_c changes by s² t a² − 2 s a
 * b. Where it gained at most θ before, v_c t_c ≤ θ (1 + v_c q_c), it gains at most φ ≥ θ after if
 * v_c s ((s t + φ) a² − 2 a b) ≤ φ − θ; and with β = b − (s t + φ) a / 2 and any slope ρ &gt; 0 the
 * bracket is −2 a β ≤ (ρ a − β)² / (2 ρ). As ρ a − β is linear in the candidate, n numbers bound it
 * for all candidates of a tile, whose bound grows by so much; a tile is scanned again only when its
 * bound reaches the best gain known. What several picks add is at most the sum of these, and by the
 * triangle inequality at most what {@link TileRises#addSquares} says, whichever is less.
 *
 * <p>Where there are few candidates a row, as within prompts, all are held: to follow a pick costs
 * less than to bound what it does.
 *
 * <p>Cost: |C| r multiply-adds for the first scan, r the rank of T, and again every {@value
 * #LONGEST} picks; beside, 2 n m + m² a pick and the tiles that are scanned again, or, where all
 * are held, a dozen operations a candidate. Memory n (m + r) and at most {@value #HELD} candidates
 * or {@value #LEAST_HELD} a tile, or {@value #FEW} a row.
 */
final class GreedyVariance {

  private static final int HELD = 1 << 15;
  private static final int LEAST_HELD = 12;

  /** Candidates a row. */
  private static final int FEW = 16;

  /** Where they take a gigabyte or so. */
  private static final long MOST = 1 << 24;

  private static final int LONGEST = 256;
  private static final int TOGETHER = 64;
  private static final int SCANS = 8;

  /** Gains this close, relatively, are a tie, as rounding would otherwise decide it. */
  private static final double TIE = 1e-10;

  /** Once gains have fallen so far since all was computed afresh, rounding comes near a tie. */
  private static final double LEAST_SHARE = 1e-4;

  /** A tile holds no candidate that gains less than this share of the best. */
  private static final double WORTH_HOLDING = 0.9;

  /** Rounding of a rise, relatively; and of a bound, to the greatest gain since all was afresh. */
  private static final double SLACK = 1e-9;

  private static final double ROUNDING = 1e-14;

  private final DesignState state;
  private final Matrix target;
  private final Matrix rootRows;
  private final Information information;
  private final Tiling tiling;
  private final boolean allHeld;
  private final int capacity;
  private PairSet passed;
  private final double[] rises;
  private TileRows rows;
  private double greatest;

  private GreedyVariance(DesignState state, Matrix target, Matrix rootRows, int held) {
    this.state = state;
    this.target = target;
    this.rootRows = rootRows;
    this.information = state.information().copy();
    this.tiling = Tiling.of(state);
    this.rises = new double[state.rewards().length];
    this.allHeld = state.candidates().count() <= held;
    this.capacity =
        allHeld
            ? held + 1
            : Math.max(Math.min(LEAST_HELD, held), held / Math.max(1, tiling.tiles().size()));
    this.rows = freshRows();
    this.passed = state.taken();
  }

  /**
   * The picks, packed, in order.
   *
   * @param target T, m × m, positive semidefinite
   */
  static long[] choose(DesignState state, Matrix target, int count) {
    long candidates = state.candidates().count();
    boolean few = candidates <= Math.min(MOST, (long) FEW * state.rewards().length);
    return choose(state, target, count, few ? Math.max(HELD, (int) candidates) : HELD);
  }

  /** Holds about {@code held} ≥ 1 candidates; the picks do not depend on it. */
  static long[] choose(DesignState state, Matrix target, int count, int held) {
    Matrix rootRows = PivotedCholesky.rootRows(target);
    return rootRows.rows() == 0
        ? smallest(state, count)
        : new GreedyVariance(state, target, rootRows, held).choose(count);
  }

  private long[] choose(int count) {
    long[] picks = new long[count];
    for (int i = 0; i < count; i++) {
      double gain = settle(i);
      if (rows.steps() > 0 && (rows.steps() == LONGEST || gain < LEAST_SHARE * greatest)) {
        tiling.tiles().forEach(Tile::reset);
        Arrays.fill(rises, 0);
        rows = freshRows();
        gain = settle(i);
      }
      if (rows.steps() == 0) {
        greatest = gain;
      }
      if (!(gain > 0)) {
        fill(picks, i);
        return picks;
      }
      picks[i] = pick(gain);
    }
    return picks;
  }

  private TileRows freshRows() {
    return new TileRows(tiling, state.centred(), information, rootRows, state.linearAlgebra());
  }

  /** Scans tiles until no bound reaches the best gain held, which is returned. */
  private double settle(int pick) {
    double most = Double.NEGATIVE_INFINITY;
    for (Tile tile : tiling.tiles()) {
      most = Math.max(most, tile.best);
    }
    double floor = most * (1 - TIE);
    List<Tile> open =
        tiling.tiles().stream()
            .filter(tile -> tile.bound >= floor && !tile.isScanned(pick))
            .peek(this::tighten)
            .filter(tile -> tile.bound >= floor)
            .sorted(Comparator.comparingDouble((Tile tile) -> -tile.bound))
            .toList();
    for (int from = 0; from < open.size(); from += TOGETHER) {
      if (open.get(from).bound < most * (1 - TIE)) {
        break;
      }
      List<Tile> some = open.subList(from, Math.min(from + TOGETHER, open.size()));
      scanTogether(some, allHeld ? Double.NEGATIVE_INFINITY : WORTH_HOLDING * most);
      for (Tile tile : some) {
        tile.setScanned(pick, rises(tile.left), rises(tile.right));
        most = Math.max(most, tile.best);
      }
    }
    return most;
  }

  private void tighten(Tile tile) {
    double rounding = (rows.steps() + 1) * ROUNDING * greatest;
    tile.tighten(rises, tiling.start(tile.left), tiling.start(tile.right), rounding);
  }

  private double[] rises(int bucket) {
    return Arrays.copyOfRange(rises, tiling.start(bucket), tiling.end(bucket));
  }

  private void scanTogether(List<Tile> tiles, double hint) {
    tiles.stream()
        .flatMapToInt(tile -> IntStream.of(tile.left, tile.right))
        .distinct()
        .parallel()
        .forEach(rows::follow);
    int share = (tiles.size() + SCANS - 1) / SCANS;
    IntStream.range(0, SCANS)
        .parallel()
        .forEach(part -> {
          int from = Math.min(tiles.size(), part * share);
          scan(tiles.subList(from, Math.min(tiles.size(), from + share)), hint);
        });
  }

  private void scan(List<Tile> tiles, double hint) {
    TileScan scan = new TileScan(tiling, rows, state.candidates(), passed, capacity);
    for (Tile tile : tiles) {
      scan.scan(tile, hint);
    }
  }

  /** Takes the smallest of the best candidates, and updates all that depends on A. */
  private long pick(double gain) {
    double tied = gain * (1 - TIE);
    Tile from = tiling.tiles().getFirst();
    int place = -1;
    for (Tile tile : tiling.tiles()) {
      if (tile.best >= tied) {
        int other = tile.smallest(tied);
        if (place < 0 || tile.pair(other) < from.pair(place)) {
          from = tile;
          place = other;
        }
      }
    }
    long pair = from.pair(place);
    long positions = from.positions(place);
    double v = from.variance(place);
    from.remove(place);
    passed = passed.plus(pair);
    update(from, pair, positions, v, gain);
    return pair;
  }

  private void update(Tile tile, long pair, long positions, double v, double gain) {
    rows.follow(tile.left);
    rows.follow(tile.right);
    int i = PairSet.first(positions) - tiling.start(tile.left);
    int j = PairSet.second(positions) - tiling.start(tile.right);
    double[] omega = Vectors.difference(rows.whitened(tile.left), i, rows.whitened(tile.right), j);
    double[] kappa =
        Vectors.difference(rows.projected(tile.left), i, rows.projected(tile.right), j);
    double[] x =
        PairInformation.difference(
            state.problem().features(), PairSet.first(pair), PairSet.second(pair));
    double[] solved = information.solve(x);
    double[] targeted = information.solve(state.linearAlgebra().multiply(target, solved));
    double[][] products = tiling.products(state.centred(), solved, targeted);
    double[] a = products[0];
    double[] b = products[1];
    double s = v / (1 + v * Vectors.product(omega, omega));
    double t = Vectors.product(kappa, kappa);
    rows.add(omega, kappa, v);
    information.add(x, v);
    tiling.tiles().parallelStream().forEach(each -> each.update(a, b, s, t));
    if (!allHeld) {
      raiseBounds(a, b, s, s * t + gain, gain);
    }
  }

  /**
   * Each bound θ becomes φ; φ = gain is assumed in the bracket, so a greater one proves nothing.
   */
  private void raiseBounds(double[] a, double[] b, double s, double square, double gain) {
    double[] beta = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      beta[i] = b[i] - square * a[i] / 2;
    }
    TileRises rises = TileRises.of(tiling, a, beta);
    for (Tile tile : tiling.tiles()) {
      double rise = s * tile.greatestVariance * rises.most(tile.left, tile.right);
      tile.raise(rise * (1 + SLACK) + ROUNDING * greatest, gain);
    }
    rises.addSquares(s * (1 + SLACK), this.rises);
  }

  /** Where no candidate gains anything, none ever will: the smallest indices. */
  private void fill(long[] picks, int from) {
    int next = from;
    for (long index = 0; next < picks.length; index++) {
      long pair = state.candidates().pairAt(index);
      if (!passed.contains(pair)) {
        picks[next++] = pair;
      }
    }
  }

  private static long[] smallest(DesignState state, int count) {
    long[] pairs = new long[count];
    int next = 0;
    for (long index = 0; next < count; index++) {
      long pair = state.candidates().pairAt(index);
      if (!state.taken().contains(pair)) {
        pairs[next++] = pair;
      }
    }
    return pairs;
  }
}
