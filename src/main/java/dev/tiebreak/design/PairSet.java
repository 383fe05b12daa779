package dev.tiebreak.design;

import java.util.Arrays;

/**
 * An immutable set of unordered pairs of rows, 8 bytes a pair: sorted longs that hold the smaller
 * row in the upper half and the greater in the lower, so that their order is the candidates' order.
 *
 * <p>Cost: O(N log N) to build, O(log N) to ask.
 */
public final class PairSet {

  private static final PairSet NONE = new PairSet(new long[0]);

  private final long[] sorted;

  private PairSet(long[] sorted) {
    this.sorted = sorted;
  }

  /** No pairs. */
  public static PairSet none() {
    return NONE;
  }

  /**
   * The set of the pairs; order within a pair and repetition play no part.
   *
   * @throws IllegalArgumentException where a row is negative or compared with itself
   */
  public static PairSet of(Pairs pairs) {
    pairs.requireRows(Integer.MAX_VALUE, "excluded");
    long[] packed = new long[pairs.size()];
    Arrays.setAll(packed, i -> pack(pairs.a()[i], pairs.b()[i]));
    return ofPacked(packed);
  }

  /** The set of the packed pairs, in any order. */
  static PairSet ofPacked(long[] packed) {
    long[] sorted = packed.clone();
    Arrays.sort(sorted);
    int distinct = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[distinct++] = sorted[i];
      }
    }
    return new PairSet(Arrays.copyOf(sorted, distinct));
  }

  /** This set and a packed pair that is not in it. Cost: O(N). */
  PairSet plus(long packed) {
    int place = placeOf(packed);
    long[] more = Arrays.copyOf(sorted, sorted.length + 1);
    System.arraycopy(sorted, place, more, place + 1, sorted.length - place);
    more[place] = packed;
    return new PairSet(more);
  }

  /** Whether the pair is in the set, in either order. */
  public boolean contains(int a, int b) {
    return contains(pack(a, b));
  }

  /** The number of distinct pairs. */
  public int size() {
    return sorted.length;
  }

  boolean contains(long packed) {
    return Arrays.binarySearch(sorted, packed) >= 0;
  }

  /** The packed pair at a place in candidates' order. */
  long at(int place) {
    return sorted[place];
  }

  /** The number of pairs before {@code packed}. */
  int placeOf(long packed) {
    int place = Arrays.binarySearch(sorted, packed);
    return place >= 0 ? place : -place - 1;
  }

  /** The packed pairs, in candidates' order. */
  long[] packed() {
    return sorted.clone();
  }

  static long pack(int a, int b) {
    return ((long) Math.min(a, b) << 32) | Math.max(a, b);
  }

  static int first(long packed) {
    return (int) (packed >>> 32);
  }

  static int second(long packed) {
    return (int) packed;
  }
}
