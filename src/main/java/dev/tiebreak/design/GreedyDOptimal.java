package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;

/**
 * Exact greedy maximisation of log det by pool and rescan: the candidates with the best gains are
 * kept in a pool and updated by rank one as picks are made. Gains only fall (log det is
 * submodular), so while the pool's best is above what the last scan left out it is the best of all;
 * when it no longer is, all candidates are scanned again under a fresh factorisation.
 *
 * <p>Cost: |C| m multiply-adds a scan, n m + m² + pool a pick; memory O(n m + pool).
 */
final class GreedyDOptimal implements SelectionRule {

  private static final int POOL = 20_000;

  private final int capacity;

  GreedyDOptimal() {
    this(POOL);
  }

  /** With a pool of at most {@code capacity} ≥ 1 candidates; the picks do not depend on it. */
  GreedyDOptimal(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public long[] choose(DesignState state, int count) {
    Information information = state.information().copy();
    long[] picks = new long[count];
    GreedyPool pool = GreedyPool.empty(state.rewards());
    for (int i = 0; i < count; i++) {
      if (!pool.decides()) {
        pool = scan(state, information, Arrays.copyOf(picks, i));
      }
      double score = pool.bestScore();
      picks[i] = pool.removeBest();
      if (score > 0) {
        update(state, information, pool, picks[i]);
      }
    }
    return picks;
  }

  private GreedyPool scan(DesignState state, Information information, long[] picks) {
    long[] taken = state.taken().packed();
    long[] passed = Arrays.copyOf(taken, taken.length + picks.length);
    System.arraycopy(picks, 0, passed, taken.length, picks.length);
    Matrix whitened = information.whiten(state.centred(), state.linearAlgebra());
    RowScorer.Maker scorers = QuadraticForms.over(whitened, state.rewards());
    TopPairs best = state.best(capacity, PairSet.ofPacked(passed), scorers);
    return new GreedyPool(best, state.rewards(), best.size() == capacity);
  }

  /** A ← A + v x xᵀ, and every candidate's xᵀA⁻¹x falls by v (xᵀu)² / (1 + v xᵀu), u = A⁻¹x. */
  private static void update(
      DesignState state, Information information, GreedyPool pool, long pick) {
    int a = PairSet.first(pick);
    int b = PairSet.second(pick);
    double[] x = PairInformation.difference(state.problem().features(), a, b);
    double v = Logit.variance(state.rewards()[a] - state.rewards()[b]);
    double[] u = information.solve(x);
    double scale = v / (1 + v * information.quadraticForm(x));
    pool.lower(scale, state.linearAlgebra().multiply(state.centred(), u));
    information.add(x, v);
  }
}
