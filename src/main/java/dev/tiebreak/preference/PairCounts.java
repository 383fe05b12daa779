package dev.tiebreak.preference;

import java.util.Arrays;

/**
 * Verdicts added up by unordered pair, pairs in ascending order of (a, b): the same verdicts give
 * the same arrays in whatever order and orientation they came, and so the same fit to the last bit.
 *
 * @param a the smaller row number of each pair
 * @param b the greater one
 * @param counts verdicts on the pair
 * @param wins the sum of the targets for a, of 0 to the count
 */
record PairCounts(int[] a, int[] b, double[] counts, double[] wins) {

  /**
   * Adds up verdicts.
   *
   * @param rows n, the number of responses
   */
  static PairCounts of(Judgements judgements, int rows) {
    long[] keys = new long[judgements.size()];
    for (int i = 0; i < keys.length; i++) {
      check(judgements, i, rows);
      keys[i] = key(judgements, i);
    }
    long[] pairs = Arrays.stream(keys).sorted().distinct().toArray();
    double[] counts = new double[pairs.length];
    double[] wins = new double[pairs.length];
    for (int i = 0; i < keys.length; i++) {
      int pair = Arrays.binarySearch(pairs, keys[i]);
      double y = judgements.y()[i];
      counts[pair]++;
      wins[pair] += judgements.a()[i] <= judgements.b()[i] ? y : 1 - y;
    }
    int[] a = Arrays.stream(pairs).mapToInt(pair -> (int) (pair >> 32)).toArray();
    int[] b = Arrays.stream(pairs).mapToInt(pair -> (int) pair).toArray();
    return new PairCounts(a, b, counts, wins);
  }

  int size() {
    return counts.length;
  }

  private static long key(Judgements judgements, int i) {
    int a = judgements.a()[i];
    int b = judgements.b()[i];
    return ((long) Math.min(a, b) << 32) | Math.max(a, b);
  }

  private static void check(Judgements judgements, int i, int rows) {
    int a = judgements.a()[i];
    int b = judgements.b()[i];
    double y = judgements.y()[i];
    if (a < 0 || a >= rows || b < 0 || b >= rows) {
      throw new IllegalArgumentException(
          "verdict " + i + " compares rows " + a + " and " + b + " of " + rows);
    }
    if (!(y >= 0 && y <= 1)) {
      throw new IllegalArgumentException("verdict " + i + " has the target " + y);
    }
  }
}
