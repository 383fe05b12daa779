package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the best candidate, again and again, while scores only fall. Three tiers: all candidates;
 * those with the greatest bounds when all were last looked at ({@link BoundedPairs}); of these the
 * best, whose scores are kept up to date. A lower tier is asked only when the best score known does
 * not lie above every bound that it holds.
 *
 * <p>Mutable. The picks do not depend on the sizes of the tiers.
 */
final class GreedyPool {

  /** Scores this close, relatively, are a tie, as rounding would otherwise decide it. */
  private static final double TIE = 1e-10;

  /**
   * Each update leaves a rounding error of at most about 1e-15 of the greatest score at the start:
   * below this share of it, times the number of updates, scores may be wrong by a tie or more.
   */
  private static final double DRIFT = 1e-5;

  /** Bounds lowered from more than this times the best score are renewed by a scan. */
  private static final double FALLEN = 1e8;

  private static final int MOST_EXACT = 20_000;

  private final DesignState state;
  private final Information information;
  private final int capacity;
  private final int load;
  private final PairKernels kernels = PairKernels.inUse();
  private final List<PoolSegment> segments = new ArrayList<>();

  private BoundedPairs bounded = BoundedPairs.besides(new TopPairs(0), Double.POSITIVE_INFINITY);

  /** √scale · u of the picks that the bounds do not know of. */
  private final List<double[]> picks = new ArrayList<>();

  private double greatest;
  private int updates;

  /** Whether A is as it was when all candidates were last looked at. */
  private boolean fresh;

  /** Whether the pool's best is known to be best by a look at all candidates in float64. */
  private boolean exact;

  /**
   * An empty pool.
   *
   * @param information A, which grows with {@link #lower}
   * @param capacity the most pairs in the middle tier, ≥ 1
   * @param load how many of them are kept up to date, ≥ 1; more where they do not decide
   */
  GreedyPool(DesignState state, Information information, int capacity, int load) {
    this.state = state;
    this.information = information;
    this.capacity = capacity;
    this.load = load;
  }

  /** A candidate and its score. */
  record Pick(long pair, double score) {}

  /** Takes out the best candidate outside {@code passed}, of a tie the one of smallest index. */
  Pick take(Supplier<PairSet> passed) {
    while (!decides()) {
      boolean worthwhile =
          fresh || (best() > bounded.leftOut() && best() * FALLEN > bounded.greatest());
      if (worthwhile && !picks.isEmpty()) {
        refresh();
      } else if (worthwhile && bounded.size() > 0) {
        load(null);
      } else {
        scan(passed.get());
      }
    }
    double best = best();
    long pair = Long.MAX_VALUE;
    int place = -1;
    PoolSegment holder = segments.getFirst();
    for (PoolSegment segment : segments) {
      int found = segment.greatest() < best * (1 - TIE) ? -1 : segment.smallest(best * (1 - TIE));
      if (found >= 0 && segment.pair(found) < pair) {
        pair = segment.pair(found);
        place = found;
        holder = segment;
      }
    }
    holder.remove(place);
    segments.removeIf(segment -> segment.size() == 0);
    return new Pick(pair, best);
  }

  /** Every candidate's score falls by v · scale · (xᵀu)². */
  void lower(double scale, double[] u) {
    double root = Math.sqrt(scale);
    double[] scaled = Arrays.stream(u).map(value -> root * value).toArray();
    for (PoolSegment segment : segments) {
      segment.lower(scaled, kernels);
    }
    picks.add(scaled);
    updates++;
    fresh = false;
    exact = false;
  }

  private boolean decides() {
    double best = best();
    if (exact) {
      return !segments.isEmpty();
    }
    return best > 0
        && best * (1 - TIE) > Math.max(bounded.waiting(), bounded.leftOut())
        && !drifted();
  }

  private double best() {
    double best = 0;
    for (PoolSegment segment : segments) {
      best = Math.max(best, segment.greatest());
    }
    return best;
  }

  private boolean drifted() {
    return updates > 0 && best() < updates * DRIFT * greatest;
  }

  /**
   * Keeps as many pairs again up to date as are now, or the first.
   *
   * @param whitened all rows by the present A, where they are at hand
   */
  private void load(@Nullable Matrix whitened) {
    int held = 0;
    for (PoolSegment segment : segments) {
      held += segment.size();
    }
    if (bounded.size() > 0) {
      add(bounded.takeBest(Math.max(load, held)), whitened);
    }
  }

  private void add(TopPairs pairs, @Nullable Matrix whitened) {
    PoolSegment segment = new PoolSegment(pairs, state, information, whitened);
    greatest = Math.max(greatest, segment.greatest());
    segments.add(segment);
  }

  /** Brings the bounds up to date, and starts again with the best of them. */
  private void refresh() {
    bounded.lower(picks, state);
    double more = 1e-14 * (1 + updates) * greatest;
    for (PoolSegment segment : segments) {
      segment.giveBack(more, bounded);
    }
    clear();
    load(null);
  }

  private void scan(PairSet passed) {
    clear();
    PairScores scores = PairScores.of(state, information.factor(), state.weights());
    Matrix whitened = scores instanceof QuadraticScores(var rows, var weights) ? rows : null;
    if (fresh) {
      // more candidates lie within the bounds' margin of the best than the pool can hold
      int held = Math.min(capacity, MOST_EXACT);
      TopPairs best = new PairScan(state.candidates(), passed).best(held, scores);
      double leftOut = best.size() == held ? best.least() : Double.NEGATIVE_INFINITY;
      bounded = BoundedPairs.besides(best, leftOut);
      add(best, whitened);
      exact = true;
    } else {
      bounded = BoundedPairs.scan(state.candidates(), passed, scores, capacity);
      fresh = true;
      load(whitened);
    }
  }

  private void clear() {
    segments.clear();
    picks.clear();
    greatest = 0;
    updates = 0;
  }
}
