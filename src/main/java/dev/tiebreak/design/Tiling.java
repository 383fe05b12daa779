package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The candidates cut into tiles, so that a search can pass over those that hold nothing good: rows
 * stand in an order of their own, a bucket is a run of them, and a tile holds the candidates
 * between two buckets. Rows of similar reward stand together (within their prompt where pairs are
 * in-prompt), so that a tile's greatest v is known from its two buckets.
 *
 * <p>Memory: O(n + tiles), and 8 bytes a candidate where candidates are listed.
 */
final class Tiling {

  /** A bucket's at least. */
  private static final int ROWS = 64;

  /** Where candidates are listed. */
  private static final int MOST_BUCKETS = 512;

  /** About, where they are not. */
  private static final int MOST_TILES = 1 << 17;

  /** Rows that are multiplied by several vectors while the cache holds them. */
  private static final int READ = 256;

  /** Rewards are brought nearer to each other than this, where float32 is to bound their v. */
  private static final double FURTHEST = 40;

  private final float[] grows;
  private final double[] rewards;
  private final FisherWeights weights;
  private final int[] order;
  private final int[] position;
  private final int[] groupEnd;
  private final int[] starts;
  private final List<Tile> tiles = new ArrayList<>();

  private Tiling(DesignState state, int bucketRows, boolean byPrompt) {
    int n = state.rewards().length;
    weights = state.weights();
    int[] groups = byPrompt ? state.problem().prompts() : new int[n];
    order = inOrder(groups, state.rewards());
    position = new int[n];
    rewards = new double[n];
    groupEnd = new int[n];
    for (int i = n - 1; i >= 0; i--) {
      position[order[i]] = i;
      rewards[i] = state.rewards()[order[i]];
      boolean last = i == n - 1 || groups[order[i]] != groups[order[i + 1]];
      groupEnd[i] = last ? i + 1 : groupEnd[i + 1];
    }
    starts = cut(bucketRows);
    double[] sorted = rewards.clone();
    Arrays.sort(sorted);
    grows = new float[n];
    for (int i = 0; i < n; i++) {
      double fromMedian = Math.clamp(rewards[i] - sorted[n / 2], -FURTHEST, FURTHEST);
      grows[i] = (float) Math.exp(fromMedian / 2);
    }
  }

  static Tiling of(DesignState state) {
    return switch (state.candidates()) {
      case AllowedPairs _ -> ofAllowed(state);
      case SampledPairs listed -> ofListed(state, listed);
    };
  }

  private static Tiling ofAllowed(DesignState state) {
    boolean byPrompt = state.problem().pairing() == Pairing.IN_PROMPT;
    Tiling tiling = new Tiling(state, bucketRows(state, byPrompt), byPrompt);
    for (int left = 0; left < tiling.buckets(); left++) {
      int reach = tiling.groupEnd[tiling.end(left) - 1];
      tiling.add(left, left, null);
      for (int right = left + 1; right < tiling.buckets() && tiling.start(right) < reach; right++) {
        tiling.add(left, right, null);
      }
    }
    return tiling;
  }

  /** The fewest rows a bucket for which there are not too many tiles. */
  private static int bucketRows(DesignState state, boolean byPrompt) {
    int n = state.rewards().length;
    List<Integer> sizes = new ArrayList<>();
    new PromptGroups(byPrompt ? state.problem().prompts() : new int[n])
        .forEachGroup(group -> sizes.add(group.length));
    int rows = ROWS;
    while (tiles(sizes, rows) > MOST_TILES) {
      rows += rows / 4;
    }
    return rows;
  }

  /** About as many tiles as there are with so many rows a bucket. */
  private static double tiles(List<Integer> sizes, int rows) {
    return sizes.stream()
        .mapToDouble(size -> (double) size / rows)
        .map(buckets -> buckets * (buckets + 1) / 2)
        .sum();
  }

  private static Tiling ofListed(DesignState state, SampledPairs listed) {
    int n = state.rewards().length;
    int count = Math.toIntExact(listed.count());
    int most = (int) Math.min(MOST_BUCKETS, Math.ceil(Math.sqrt(count / 32.0)));
    Tiling tiling = new Tiling(state, Math.max(ROWS, n / Math.max(1, most) + 1), false);
    int[] bucketOf = new int[n];
    for (int bucket = 0; bucket < tiling.buckets(); bucket++) {
      Arrays.fill(bucketOf, tiling.start(bucket), tiling.end(bucket), bucket);
    }
    long[][] byTile = new long[count][];
    for (int i = 0; i < count; i++) {
      long positions = tiling.positions(listed.pairAt(i));
      int left = bucketOf[PairSet.first(positions)];
      int right = bucketOf[PairSet.second(positions)];
      byTile[i] = new long[] {(long) left * MOST_BUCKETS * ROWS + right, positions};
    }
    Arrays.sort(byTile, (p, q) -> Long.compare(p[0], q[0]));
    for (int from = 0, to; from < count; from = to) {
      to = from + 1;
      while (to < count && byTile[to][0] == byTile[from][0]) {
        to++;
      }
      long[] positions = Arrays.stream(byTile, from, to).mapToLong(entry -> entry[1]).toArray();
      int left = bucketOf[PairSet.first(positions[0])];
      tiling.add(left, bucketOf[PairSet.second(positions[0])], positions);
    }
    return tiling;
  }

  List<Tile> tiles() {
    return tiles;
  }

  int buckets() {
    return starts.length - 1;
  }

  /** The first position of a bucket. */
  int start(int bucket) {
    return starts[bucket];
  }

  /** The position after the last of a bucket. */
  int end(int bucket) {
    return starts[bucket + 1];
  }

  /** The row at a position. */
  int row(int position) {
    return order[position];
  }

  /** The positions of a pair of rows, both packed. */
  long positions(long pair) {
    return PairSet.pack(position[PairSet.first(pair)], position[PairSet.second(pair)]);
  }

  /** The weight of the rows at two positions. */
  double weight(int a, int b) {
    return weights.of(order[a], order[b]);
  }

  /** Whether weights are bounded by {@link #part}. */
  boolean separable() {
    return weights.separable();
  }

  /** What the row at a position adds to the inverse of a weight at least. */
  double part(int position) {
    return weights.part(order[position]);
  }

  /** Partners of a position come before this one. */
  int groupEnd(int position) {
    return groupEnd[position];
  }

  /** e^(r/2), r the reward at a position less a median, and never further from 0 than 40. */
  float grow(int position) {
    return grows[position];
  }

  /**
   * The products of every row with each vector, by vector and position. Rows are read from memory
   * once for all vectors.
   *
   * @param rows n × m, by row
   * @param vectors m numbers each
   */
  double[][] products(Matrix rows, double[]... vectors) {
    int n = order.length;
    double[][] byRow = new double[vectors.length][n];
    IntStream.range(0, (n + READ - 1) / READ)
        .parallel()
        .forEach(part -> {
          int from = part * READ;
          int to = Math.min(from + READ, n);
          for (int i = 0; i < vectors.length; i++) {
            PairKernels.inUse().multiply(rows.values(), vectors[i], from, to, byRow[i]);
          }
        });
    return Arrays.stream(byRow).map(this::inPlace).toArray(double[][]::new);
  }

  private double[] inPlace(double[] byRow) {
    double[] placed = new double[order.length];
    for (int i = 0; i < placed.length; i++) {
      placed[i] = byRow[order[i]];
    }
    return placed;
  }

  private void add(int left, int right, long @Nullable [] listed) {
    tiles.add(new Tile(left, right, greatestVariance(left, right), listed));
  }

  private double greatestVariance(int left, int right) {
    double[] first = range(left);
    double[] second = range(right);
    return weights.most(Math.max(0, Math.max(first[0] - second[1], second[0] - first[1])));
  }

  private double[] range(int bucket) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = start(bucket); i < end(bucket); i++) {
      least = Math.min(least, rewards[i]);
      most = Math.max(most, rewards[i]);
    }
    return new double[] {least, most};
  }

  /** Whole groups up to {@code rows} together; larger groups in parts. */
  private int[] cut(int rows) {
    int n = order.length;
    List<Integer> cuts = new ArrayList<>(List.of(0));
    int start = 0;
    while (start < n) {
      int end = Math.min(n, start + rows);
      int whole = start;
      while (whole < end && groupEnd[whole] <= end) {
        whole = groupEnd[whole];
      }
      start = whole > start ? whole : end;
      cuts.add(start);
    }
    return cuts.stream().mapToInt(cut -> cut).toArray();
  }

  /** Rows by prompt, then reward, then number. */
  private static int[] inOrder(int[] prompts, double[] rewards) {
    Integer[] rows = new Integer[prompts.length];
    Arrays.setAll(rows, row -> row);
    Arrays.sort(
        rows,
        (a, b) -> {
          int byPrompt = Integer.compare(prompts[a], prompts[b]);
          return byPrompt != 0 ? byPrompt : Double.compare(rewards[a], rewards[b]);
        });
    return Arrays.stream(rows).mapToInt(row -> row).toArray();
  }
}
