package dev.tiebreak.design;

import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.stream.IntStream;

/**
 * Looks at every candidate once, by blocks of rows, in parallel, and stores none but the best.
 *
 * @param candidates what is looked at
 * @param taken candidates that are passed over
 */
record PairScan(CandidateSet candidates, PairSet taken) {

  private static final int BLOCK = 128;
  private static final int TILE = 512;

  /**
   * The best {@code count} by score, ties to the smaller candidate index, best first. The same for
   * any number of threads.
   */
  TopPairs best(int count, RowScorer.Maker scorers) {
    if (scorers instanceof QuadraticScores scores
        && candidates instanceof AllowedPairs allowed
        && allowed.dense()
        && scores.bounded()) {
      WhitenedBlocks blocks = WhitenedBlocks.of(scores.whitened(), scores.rewards());
      if (blocks != null) {
        return new BlockScan(blocks).best(count, scores, allowed, taken);
      }
    }
    return rowByRow(count, scorers);
  }

  /** The same by the scorer alone. */
  TopPairs rowByRow(int count, RowScorer.Maker scorers) {
    // A block that holds `count` pairs at or above its floor proves that floor for all blocks.
    DoubleAccumulator floor = new DoubleAccumulator(Math::max, Double.NEGATIVE_INFINITY);
    int blocks = (candidates.rows() + BLOCK - 1) / BLOCK;
    return IntStream.range(0, blocks)
        .parallel()
        .mapToObj(block -> scan(block, count, scorers.make(), floor))
        .reduce(TopPairs::merge)
        .orElseGet(() -> new TopPairs(count))
        .finish();
  }

  private TopPairs scan(int block, int count, RowScorer scorer, DoubleAccumulator floor) {
    int rows = candidates.rows();
    int first = block * BLOCK;
    int end = Math.min(first + BLOCK, rows);
    int tile = candidates.dense() ? TILE : rows;
    int width = Math.min(tile, candidates.widestRow());
    int[] partners = new int[width];
    double[] scores = new double[width];
    TopPairs best = new TopPairs(count);
    for (int from = candidates.dense() ? first : 0; from < rows; from += tile) {
      int to = Math.min(from + tile, rows);
      for (int a = first; a < end && a + 1 < to; a++) {
        int found = candidates.partners(a, from, to, partners);
        double known = Math.max(best.floor(), floor.get());
        scorer.score(a, partners, found, known, scores);
        offer(a, partners, scores, found, known, best);
        floor.accumulate(best.floor());
      }
    }
    return best;
  }

  private void offer(
      int a, int[] partners, double[] scores, int count, double known, TopPairs best) {
    for (int i = 0; i < count; i++) {
      if (scores[i] >= known && scores[i] >= best.floor()) {
        long pair = PairSet.pack(a, partners[i]);
        if (!taken.contains(pair)) {
          best.offer(pair, scores[i]);
        }
      }
    }
  }
}
