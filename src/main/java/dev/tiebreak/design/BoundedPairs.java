package dev.tiebreak.design;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The candidates with the greatest upper bounds on their scores, as one look at all of them finds,
 * lowered in bulk as A grows. Where scores only fall no bound is ever too small. Mutable.
 */
final class BoundedPairs {

  /** How many of a sample should reach the threshold for it to be trusted. */
  private static final int SAMPLE_REACHING = 64;

  private static final int MOST_SAMPLED = 1 << 17;
  private static final int BATCH = 1024;

  /** What is kept aims at this share of the capacity, so that chance does not make it overflow. */
  private static final double FILLED = 0.6;

  /** Rounding of a lowered bound, relative to the bound. */
  private static final double ROUNDING = 1e-13;

  private static final double NOTHING = Double.NEGATIVE_INFINITY;

  private final long[] pairs;
  private final double[] bounds;

  /**
   * v of each pair, once bounds are lowered; its rounding is within {@link PickProducts}' margin.
   */
  private final float[] variances;

  private final double leftOut;
  private final double greatest;
  private int size;
  private double waiting = Double.POSITIVE_INFINITY;
  private @Nullable PickProducts products;

  private BoundedPairs(TopPairs found, double leftOut) {
    this.pairs = found.pairs();
    this.bounds = found.scores();
    this.variances = new float[pairs.length];
    this.size = found.size();
    this.leftOut = leftOut;
    this.greatest = Arrays.stream(bounds).max().orElse(0);
  }

  /**
   * No pairs, with room for those of a pool.
   *
   * @param leftOut no candidate outside the pool scores more
   */
  static BoundedPairs besides(TopPairs pool, double leftOut) {
    BoundedPairs none = new BoundedPairs(pool, leftOut);
    none.size = 0;
    return none;
  }

  int size() {
    return size;
  }

  /** No candidate that was never held scores more; −∞ where all were. */
  double leftOut() {
    return leftOut;
  }

  /** No candidate that is held scores more; −∞ where none is. */
  double waiting() {
    return size == 0 ? NOTHING : waiting;
  }

  /** The greatest bound at first. */
  double greatest() {
    return greatest;
  }

  /** Takes out the pairs with the greatest bounds, or all. */
  TopPairs takeBest(int count) {
    TopPairs best = new TopPairs(Math.min(count, size));
    for (int i = 0; i < size; i++) {
      best.offer(pairs[i], bounds[i]);
    }
    best.compacted();
    double least = best.least();
    long last = best.lastOf(least);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (bounds[i] < least || (bounds[i] == least && pairs[i] > last)) {
        pairs[kept] = pairs[i];
        variances[kept] = variances[i];
        bounds[kept++] = bounds[i];
      }
    }
    size = kept;
    waiting = least;
    return best;
  }

  /** Puts in a pair that was taken out, with a new bound. */
  void giveBack(long pair, double variance, double bound) {
    pairs[size] = pair;
    variances[size] = (float) variance;
    bounds[size++] = bound;
    waiting = Math.max(waiting, bound);
  }

  /**
   * Lowers every bound by as much of v Σ_i (xᵀu_i)² as float32 proves.
   *
   * <p>Cost: (n m + pairs) multiply-adds for each u, in parallel; 260 n bytes.
   */
  void lower(List<double[]> picks, DesignState state) {
    PickProducts products = products(state);
    for (int from = 0; from < picks.size(); from += PickProducts.MOST) {
      products.take(picks.subList(from, Math.min(from + PickProducts.MOST, picks.size())));
      lower(products);
    }
  }

  /** With the variances too, where bounds are lowered for the first time. */
  private PickProducts products(DesignState state) {
    if (products == null) {
      forEachBlock(
          size,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              variances[i] =
                  (float) state.weights().of(PairSet.first(pairs[i]), PairSet.second(pairs[i]));
            }
          });
      products = new PickProducts(state.centred());
    }
    return products;
  }

  private void lower(PickProducts products) {
    forEachBlock(
        size,
        (from, to) -> {
          double[] squares = new double[to - from];
          products.squares(pairs, from, to, squares);
          for (int i = from; i < to; i++) {
            double fall = variances[i] * squares[i - from];
            bounds[i] = Math.max(0, bounds[i] - fall) + ROUNDING * bounds[i];
          }
        });
  }

  private interface Block {
    void go(int from, int to);
  }

  private static void forEachBlock(int count, Block block) {
    int length = 4 * BATCH;
    IntStream.range(0, (count + length - 1) / length)
        .parallel()
        .forEach(i -> block.go(i * length, Math.min((i + 1) * length, count)));
  }

  /**
   * Looks at all candidates outside {@code passed}. The same for any number of threads.
   *
   * <p>Cost: that of a scan ({@link BlockScan}, or m multiply-adds a listed candidate), and memory
   * for 2 · {@code capacity} pairs at most.
   */
  static BoundedPairs scan(
      CandidateSet candidates, PairSet passed, PairScores scores, int capacity) {
    double threshold = threshold(candidates, scores, capacity);
    BoundedPairs found = scan(candidates, passed, scores, capacity, threshold);
    return found.size() > 0 || threshold == 0
        ? found
        : scan(candidates, passed, scores, capacity, 0);
  }

  private static BoundedPairs scan(
      CandidateSet candidates, PairSet passed, PairScores scores, int capacity, double threshold) {
    Collector collector = new Collector(capacity, threshold);
    WhitenedBlocks blocks =
        candidates instanceof AllowedPairs
                && candidates.dense()
                && scores instanceof QuadraticScores quadratic
                && quadratic.bounded()
            ? WhitenedBlocks.of(quadratic.whitened(), quadratic.rewards())
            : null;
    if (blocks != null && candidates instanceof AllowedPairs allowed) {
      new BlockScan(blocks)
          .run(PairKernels.inUse(), () -> new Filter(collector, allowed, passed))
          .forEach(Filter::flush);
    } else {
      scanRows(candidates, passed, scores, collector);
    }
    TopPairs found = collector.compacted();
    double dropped = found.size() == capacity ? found.least() : NOTHING;
    double below = threshold > 0 ? threshold : NOTHING;
    return new BoundedPairs(found, Math.max(dropped, below));
  }

  private static void scanRows(
      CandidateSet candidates, PairSet passed, PairScores scores, Collector collector) {
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
  private static double threshold(CandidateSet candidates, PairScores scores, int capacity) {
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
