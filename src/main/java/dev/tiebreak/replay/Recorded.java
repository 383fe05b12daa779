package dev.tiebreak.replay;

/**
 * Counted verdicts, as rows of the embeddings.
 *
 * @param a rows, the smaller of each pair
 * @param b rows, the greater
 * @param y 1 where a was preferred, ½ for a tie, 0 where b was
 */
record Recorded(int[] a, int[] b, double[] y) {

  static final Recorded NONE = new Recorded(new int[0], new int[0], new double[0]);

  /** Checks that the three have one length. */
  Recorded {
    if (a.length != b.length || a.length != y.length) {
      throw new IllegalArgumentException(
          "lengths differ: " + a.length + ", " + b.length + ", " + y.length);
    }
  }

  int size() {
    return y.length;
  }
}
