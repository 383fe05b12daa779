package dev.tiebreak.design;

/**
 * The candidates that scored best, v xᵀA⁻¹x, when all were last scanned, with their scores kept up
 * to date. Mutable.
 */
final class GreedyPool {

  /** Scores this close, relatively, are a tie, as rounding would otherwise decide it. */
  private static final double TIE = 1e-10;

  /**
   * Each update leaves a rounding error of at most about 1e-15 of the greatest score at the scan:
   * below this share of it, times the number of updates, scores may be wrong by a tie or more.
   */
  private static final double DRIFT = 1e-5;

  private final double[] rewards;
  private final long[] pairs;
  private final double[] variances;
  private final double[] scores;

  /** What the scan left out scored no more than this. */
  private final double leftOut;

  private final double greatest;
  private int size;
  private int updates;
  private int best;

  GreedyPool(TopPairs scanned, double[] rewards, boolean full) {
    this.rewards = rewards;
    this.size = scanned.size();
    this.pairs = scanned.pairs();
    this.scores = new double[size];
    this.variances = new double[size];
    for (int i = 0; i < size; i++) {
      scores[i] = scanned.score(i);
      variances[i] =
          Logit.variance(rewards[PairSet.first(pairs[i])] - rewards[PairSet.second(pairs[i])]);
    }
    this.greatest = size == 0 ? 0 : scores[0];
    this.leftOut = full ? scores[size - 1] : Double.NEGATIVE_INFINITY;
    findBest();
  }

  static GreedyPool empty(double[] rewards) {
    return new GreedyPool(new TopPairs(0), rewards, false);
  }

  /** Whether the pool's best is surely the best of all candidates, to rounding. */
  boolean decides() {
    if (size == 0) {
      return false;
    }
    double score = scores[best];
    boolean accurate = score > 0 && score >= updates * DRIFT * greatest;
    return updates == 0 || (accurate && score * (1 - TIE) > leftOut);
  }

  double bestScore() {
    return scores[best];
  }

  /** Takes out the best candidate, of a tie the one with the smallest index. */
  long removeBest() {
    long pair = pairs[best];
    size--;
    pairs[best] = pairs[size];
    scores[best] = scores[size];
    variances[best] = variances[size];
    findBest();
    return pair;
  }

  /** Lowers each score by v · scale · (t_a − t_b)². */
  void lower(double scale, double[] t) {
    for (int i = 0; i < size; i++) {
      double product = t[PairSet.first(pairs[i])] - t[PairSet.second(pairs[i])];
      scores[i] = Math.max(0, scores[i] - variances[i] * scale * product * product);
    }
    updates++;
    findBest();
  }

  private void findBest() {
    double most = 0;
    for (int i = 0; i < size; i++) {
      most = Math.max(most, scores[i]);
    }
    double tied = most * (1 - TIE);
    best = -1;
    for (int i = 0; i < size; i++) {
      if (scores[i] >= tied && (best < 0 || pairs[i] < pairs[best])) {
        best = i;
      }
    }
  }
}
