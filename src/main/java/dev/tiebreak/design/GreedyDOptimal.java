package dev.tiebreak.design;

import java.util.Arrays;

/**
 * Exact greedy maximisation of log det by pool and rescan: the candidates with the best gains are
 * kept in a pool and updated by rank one as picks are made. Gains only fall (log det is
 * submodular), so while the pool's best is above every bound on what it leaves out it is the best
 * of all; when it no longer is, more candidates are taken in, or all are scanned again under a
 * fresh factorisation.
 *
 * <p>Cost: a scan of all candidates a few times ({@link BlockScan}, {@link BoundedPairs}), and a
 * pick pool + rows of the pool · m + m²; memory O(n m + pool).
 */
final class GreedyDOptimal implements SelectionRule {

  /** Of all pairs, one in so many is kept with its bound, within limits. */
  private static final int SHARE = 256;

  private static final int FEWEST = 1 << 15;
  private static final int MOST = 1 << 21;

  /** Listed candidates are kept all, up to so many. */
  private static final int MOST_LISTED = 1 << 22;

  private static final int LOAD = 1 << 16;

  /** Numbers that an update goes through where each candidate has a row of its own. */
  private static final int UPDATED = 1 << 19;

  /** The same of listed candidates, whose bounds are lowered at less cost: in the second cache. */
  private static final int UPDATED_LISTED = 1 << 17;

  private final int capacity;
  private final int load;

  GreedyDOptimal() {
    this(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /**
   * With smaller tiers; the picks do not depend on them.
   *
   * @param capacity the most candidates with bounds, ≥ 1
   * @param load the most of these that are kept up to date at first, ≥ 1
   */
  GreedyDOptimal(int capacity, int load) {
    this.capacity = capacity;
    this.load = load;
  }

  @Override
  public long[] choose(DesignState state, int count) {
    Information information = state.information().copy();
    int held = Math.min(capacity, capacity(state.candidates()));
    int first = Math.min(held, Math.min(load, load(state)));
    GreedyPool pool = new GreedyPool(state, information, held, first);
    long[] taken = state.taken().packed();
    long[] passed = Arrays.copyOf(taken, taken.length + count);
    for (int i = 0; i < count; i++) {
      int passedBefore = taken.length + i;
      GreedyPool.Pick pick = pool.take(() -> PairSet.ofPacked(Arrays.copyOf(passed, passedBefore)));
      passed[passedBefore] = pick.pair();
      if (pick.score() > 0) {
        update(state, information, pool, pick.pair());
      }
    }
    return Arrays.copyOfRange(passed, taken.length, passed.length);
  }

  private static int capacity(CandidateSet candidates) {
    return candidates.dense()
        ? (int) Math.clamp(candidates.count() / SHARE, FEWEST, MOST)
        : (int) Math.clamp(candidates.count(), 1, MOST_LISTED);
  }

  private static int load(DesignState state) {
    int m = Math.max(1, state.columns());
    return switch (state.candidates()) {
      case AllowedPairs pairs when pairs.dense() -> LOAD;
      case AllowedPairs inPrompt -> Math.clamp(UPDATED / m, 512, LOAD);
      case SampledPairs listed -> Math.clamp(UPDATED_LISTED / m, 512, LOAD);
    };
  }

  /** A ← A + v x xᵀ, and every candidate's xᵀA⁻¹x falls by v (xᵀu)² / (1 + v xᵀu), u = A⁻¹x. */
  private static void update(
      DesignState state, Information information, GreedyPool pool, long pick) {
    int a = PairSet.first(pick);
    int b = PairSet.second(pick);
    double[] x = PairInformation.difference(state.problem().features(), a, b);
    double v = state.weights().of(a, b);
    double[] u = information.solve(x);
    double scale = v / (1 + v * information.quadraticForm(x));
    information.add(x, v);
    pool.lower(scale, u);
  }
}
