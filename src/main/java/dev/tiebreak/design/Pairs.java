package dev.tiebreak.design;

/**
 * Pairs of responses by row number, with repetition: pair i compares row {@code a[i]} with row
 * {@code b[i]}.
 *
 * @param a row numbers, N
 * @param b row numbers, N
 */
public record Pairs(int[] a, int[] b) {

  /** Checks that both have one length. */
  public Pairs {
    if (a.length != b.length) {
      throw new IllegalArgumentException("lengths differ: " + a.length + ", " + b.length);
    }
  }

  /** No pairs. */
  public static Pairs none() {
    return new Pairs(new int[0], new int[0]);
  }

  /** The number of pairs N. */
  public int size() {
    return a.length;
  }

  /** Throws where a pair names a row outside 0..rows − 1, or one row twice. */
  void requireRows(int rows, String what) {
    for (int i = 0; i < a.length; i++) {
      if (a[i] < 0 || b[i] < 0 || a[i] >= rows || b[i] >= rows || a[i] == b[i]) {
        throw new IllegalArgumentException(
            what + " pair (" + a[i] + ", " + b[i] + ") among " + rows + " rows");
      }
    }
  }
}
