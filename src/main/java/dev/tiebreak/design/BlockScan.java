package dev.tiebreak.design;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Looks at all pairs of rows by pairs of blocks, in float32, and hands over those that may reach a
 * threshold; whole pairs of blocks are passed over by their bound. No pair that reaches it is lost,
 * so what is scored again in float64 is as if all had been.
 *
 * <p>Cost: at most n² m / 2 multiply-adds in float32, in parallel; 32 KiB a thread.
 */
record BlockScan(WhitenedBlocks blocks) {

  /** Takes in pairs; one thread uses one. */
  interface Sink {
    /** Pairs that score below this are of no use. It may rise. */
    double floor();

    /** Takes in a pair, packed, that scores at most {@code bound}. */
    void offer(long pair, double bound);
  }

  /** The sinks into which, together, every pair went that scores at least their floors. */
  <S extends Sink> List<S> run(PairKernels kernels, Supplier<S> sinks) {
    Queue<Worker<S>> idle = new ConcurrentLinkedQueue<>();
    int count = blocks.count();
    IntStream.range(0, (count + 1) / 2)
        .parallel()
        .forEach(block -> {
          Worker<S> known = idle.poll();
          Worker<S> worker = known == null ? new Worker<>(kernels, blocks, sinks.get()) : known;
          worker.scan(block);
          if (count - 1 - block != block) {
            worker.scan(count - 1 - block);
          }
          idle.add(worker);
        });
    List<S> used = new ArrayList<>();
    idle.forEach(worker -> used.add(worker.sink));
    return used;
  }

  /** The best candidates outside {@code taken} by their scores in float64. */
  TopPairs best(int count, QuadraticScores scores, AllowedPairs candidates, PairSet taken) {
    // A sink that holds `count` pairs at or above its floor proves that floor for all sinks.
    DoubleAccumulator floor = new DoubleAccumulator(Math::max, Double.NEGATIVE_INFINITY);
    return run(PairKernels.inUse(), () -> new BestPairs(count, scores, candidates, taken, floor))
        .stream()
        .map(sink -> sink.best)
        .reduce(TopPairs::merge)
        .orElseGet(() -> new TopPairs(count))
        .finish();
  }

  private static final class Worker<S extends Sink> {

    private final PairKernels kernels;
    private final WhitenedBlocks blocks;
    private final S sink;
    private final float[] tile = new float[PairKernels.BLOCK * PairKernels.BLOCK];
    private final int[] places = new int[tile.length];

    Worker(PairKernels kernels, WhitenedBlocks blocks, S sink) {
      this.kernels = kernels;
      this.blocks = blocks;
      this.sink = sink;
    }

    /** The pairs of a block's rows with those of itself and of all later blocks. */
    void scan(int one) {
      for (int other = one; other < blocks.count(); other++) {
        double floor = sink.floor();
        if (blocks.bound(one, other) >= floor) {
          int count = blocks.reaching(kernels, one, other, blocks.threshold(floor), tile, places);
          for (int i = 0; i < count; i++) {
            int r = places[i] / PairKernels.BLOCK;
            int c = places[i] % PairKernels.BLOCK;
            if (one != other || r < c) {
              long pair = PairSet.pack(blocks.row(one, r), blocks.row(other, c));
              sink.offer(pair, blocks.bound(one, r, other, c, tile[places[i]]));
            }
          }
        }
      }
    }
  }

  private static final class BestPairs implements Sink {

    private final QuadraticScores scores;
    private final AllowedPairs candidates;
    private final PairSet taken;
    private final DoubleAccumulator shared;
    private final TopPairs best;

    BestPairs(
        int count,
        QuadraticScores scores,
        AllowedPairs candidates,
        PairSet taken,
        DoubleAccumulator shared) {
      this.scores = scores;
      this.candidates = candidates;
      this.taken = taken;
      this.shared = shared;
      this.best = new TopPairs(count);
    }

    @Override
    public double floor() {
      if (best.floor() > shared.get()) {
        shared.accumulate(best.floor());
      }
      return shared.get();
    }

    @Override
    public void offer(long pair, double bound) {
      if (bound >= best.floor() && candidates.contains(pair) && !taken.contains(pair)) {
        best.offer(pair, scores.score(PairSet.first(pair), PairSet.second(pair)));
      }
    }
  }
}
