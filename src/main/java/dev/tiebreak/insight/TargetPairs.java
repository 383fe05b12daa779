package dev.tiebreak.insight;

import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Pairs;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The pairs that a model is to judge: all that the project's pairing allows, or a uniform sample of
 * them, with replacement. They are what the random arm is drawn from, but for those already asked.
 *
 * @param pairs rows of the features
 * @param all whether these are all there are
 */
record TargetPairs(Pairs pairs, boolean all) {

  /**
   * Of responses. Cost: O(n log n) at most.
   *
   * @param prompts the prompt of each row, n
   * @param most pairs
   */
  static TargetPairs of(int[] prompts, Pairing pairing, int most, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return switch (pairing) {
      case IN_PROMPT -> inPrompt(prompts, most, random);
      case CROSS_PROMPT -> crossPrompt(prompts, most, random);
      case ANY -> inPrompt(new int[prompts.length], most, random);
    };
  }

  /** Row numbers with the prompt in the upper half, ascending: prompts side by side. */
  private static long[] byPrompt(int[] prompts) {
    long[] keys = new long[prompts.length];
    Arrays.setAll(keys, row -> ((long) prompts[row] << 32) | row);
    Arrays.sort(keys);
    return keys;
  }

  private static TargetPairs inPrompt(int[] prompts, int most, SplittableRandom random) {
    long[] keys = byPrompt(prompts);
    // pairs whose later row is at this place or before it
    long[] upTo = new long[keys.length];
    int start = 0;
    for (int i = 0; i < keys.length; i++) {
      start = i > 0 && keys[i] >> 32 == keys[i - 1] >> 32 ? start : i;
      upTo[i] = (i == 0 ? 0 : upTo[i - 1]) + i - start;
    }
    long count = keys.length == 0 ? 0 : upTo[keys.length - 1];
    boolean all = count <= most;
    int size = all ? (int) count : most;
    int[] a = new int[size];
    int[] b = new int[size];
    for (int i = 0; i < size; i++) {
      long pair = all ? i : random.nextLong(count);
      int later = firstAbove(upTo, pair);
      long before = upTo[later] - pair;
      a[i] = (int) keys[(int) (later - before)];
      b[i] = (int) keys[later];
    }
    return new TargetPairs(new Pairs(a, b), all);
  }

  private static int firstAbove(long[] ascending, long value) {
    int low = 0;
    int high = ascending.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] > value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * Row a is drawn in proportion to the rows of other prompts, then one of these: each pair as
   * often as any other.
   */
  private static TargetPairs crossPrompt(int[] prompts, int most, SplittableRandom random) {
    long[] keys = byPrompt(prompts);
    int n = keys.length;
    int[] start = new int[n];
    int[] end = new int[n];
    for (int i = 0; i < n; i++) {
      start[i] = i > 0 && keys[i] >> 32 == keys[i - 1] >> 32 ? start[i - 1] : i;
    }
    for (int i = n - 1; i >= 0; i--) {
      end[i] = i + 1 < n && start[i + 1] == start[i] ? end[i + 1] : i + 1;
    }
    // ordered pairs whose first row is at this place or before it
    long[] upTo = new long[n];
    for (int i = 0; i < n; i++) {
      upTo[i] = (i == 0 ? 0 : upTo[i - 1]) + n - (end[i] - start[i]);
    }
    long ordered = n == 0 ? 0 : upTo[n - 1];
    boolean all = ordered / 2 <= most;
    int size = all ? (int) (ordered / 2) : most;
    int[] a = new int[size];
    int[] b = new int[size];
    int filled = 0;
    for (long next = 0; filled < size; next++) {
      long pair = all ? next : random.nextLong(ordered);
      int first = firstAbove(upTo, pair);
      int rest = (int) (upTo[first] - pair - 1);
      int second = rest < start[first] ? rest : rest - start[first] + end[first];
      if (!all || first < second) {
        a[filled] = (int) keys[first];
        b[filled++] = (int) keys[second];
      }
    }
    return new TargetPairs(new Pairs(a, b), all);
  }
}
