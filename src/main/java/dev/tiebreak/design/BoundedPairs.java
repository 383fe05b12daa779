package dev.tiebreak.design;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The candidates with the greatest upper bounds on their scores, as one look at all of them finds.
 * Where scores only fall afterwards the bounds hold for good.
 *
 * @param pairs with their bounds, in no order
 * @param leftOut no candidate that is not among them scores more; −∞ where all are
 */
record BoundedPairs(TopPairs pairs, double leftOut) {

  /** How many of a sample should reach the threshold for it to be trusted. */
  private static final int SAMPLE_REACHING = 64;

  private static final int MOST_SAMPLED = 1 << 17;
  private static final int BATCH = 1024;

  /** What is kept aims at this share of the capacity, so that chance does not make it overflow. */
  private static final double FILLED = 0.6;

  /**
   * Looks at all candidates outside {@code passed}. The same for any number of threads.
   *
   * <p>Cost: that of a scan ({@link BlockScan}, or m multiply-adds a listed candidate), and memory
   * for 2 · {@code capacity} pairs at most.
   */
  static BoundedPairs scan(
      CandidateSet candidates, PairSet passed, QuadraticScores scores, int capacity) {
    double threshold = threshold(candidates, scores, capacity);
    BoundedPairs found = scan(candidates, passed, scores, capacity, threshold);
    return found.pairs.size() > 0 || threshold == 0
        ? found
        : scan(candidates, passed, scores, capacity, 0);
  }

  private static BoundedPairs scan(
      CandidateSet candidates,
      PairSet passed,
      QuadraticScores scores,
      int capacity,
      double threshold) {
    Collector collector = new Collector(capacity, threshold);
    WhitenedBlocks blocks =
        candidates instanceof AllowedPairs && candidates.dense()
            ? WhitenedBlocks.of(scores.whitened(), scores.rewards())
            : null;
    if (blocks != null && candidates instanceof AllowedPairs allowed) {
      new BlockScan(blocks)
          .run(PairKernels.inUse(), () -> new Filter(collector, allowed, passed))
          .forEach(Filter::flush);
    } else {
      scanRows(candidates, passed, scores, collector);
    }
    TopPairs found = collector.compacted();
    double dropped = found.size() == capacity ? found.least() : Double.NEGATIVE_INFINITY;
    double below = threshold > 0 ? threshold : Double.NEGATIVE_INFINITY;
    return new BoundedPairs(found, Math.max(dropped, below));
  }

  private static void scanRows(
      CandidateSet candidates, PairSet passed, QuadraticScores scores, Collector collector) {
    int width = candidates.widestRow();
    int blocks = (candidates.rows() + PairKernels.BLOCK - 1) / PairKernels.BLOCK;
    IntStream.range(0, blocks)
        .parallel()
        .forEach(block -> {
          int[] partners = new int[width];
          double[] found = new double[width];
          RowScorer scorer = scores.make();
          Filter filter = new Filter(collector, null, passed);
          int end = Math.min((block + 1) * PairKernels.BLOCK, candidates.rows());
          for (int a = block * PairKernels.BLOCK; a < end; a++) {
            int count = candidates.partners(a, 0, candidates.rows(), partners);
            scorer.score(a, partners, count, filter.floor(), found);
            for (int i = 0; i < count; i++) {
              filter.offer(PairSet.pack(a, partners[i]), found[i] * (1 + 1e-14));
            }
          }
          filter.flush();
        });
  }

  /** A score that about the capacity's share of all candidates reach, by a sample; or 0. */
  private static double threshold(CandidateSet candidates, QuadraticScores scores, int capacity) {
    double share = FILLED * capacity / candidates.count();
    if (share >= 0.5) {
      return 0;
    }
    int size = (int) Math.clamp(SAMPLE_REACHING / share, 1024, MOST_SAMPLED);
    Uniform uniform = new Uniform(0);
    double[] sampled = new double[size];
    for (int i = 0; i < size; i++) {
      long pair = candidates.pairAt(uniform.below(candidates.count()));
      sampled[i] = scores.score(PairSet.first(pair), PairSet.second(pair));
    }
    Arrays.sort(sampled);
    double threshold = sampled[size - 1 - (int) (share * size)];
    return Double.isFinite(threshold) ? threshold : 0;
  }

  /** Gathers from all threads, without regard to the order in which they come. */
  private static final class Collector {

    private final TopPairs top;
    private final double threshold;
    private volatile double floor;

    Collector(int capacity, double threshold) {
      this.top = new TopPairs(capacity);
      this.threshold = threshold;
      this.floor = threshold;
    }

    synchronized void add(long[] pairs, double[] bounds, int count) {
      for (int i = 0; i < count; i++) {
        top.offer(pairs[i], bounds[i]);
      }
      floor = Math.max(threshold, top.floor());
    }

    synchronized TopPairs compacted() {
      return top.compacted();
    }
  }

  private static final class Filter implements BlockScan.Sink {

    private final Collector collector;
    private final @Nullable AllowedPairs candidates;
    private final PairSet passed;
    private final long[] pairs = new long[BATCH];
    private final double[] bounds = new double[BATCH];
    private int count;

    Filter(Collector collector, @Nullable AllowedPairs candidates, PairSet passed) {
      this.collector = collector;
      this.candidates = candidates;
      this.passed = passed;
    }

    @Override
    public double floor() {
      return collector.floor;
    }

    @Override
    public void offer(long pair, double bound) {
      boolean candidate = candidates == null || candidates.contains(pair);
      if (candidate && bound >= collector.floor && !passed.contains(pair)) {
        pairs[count] = pair;
        bounds[count++] = bound;
        if (count == BATCH) {
          flush();
        }
      }
    }

    void flush() {
      collector.add(pairs, bounds, count);
      count = 0;
    }
  }
}
