package dev.tiebreak.replay;

/**
 * Counted verdicts, as rows of the embeddings.
 *
 * @param a rows, the smaller of each pair
 * @param b rows, the greater
 * @param y 1 where a was preferred, ½ for a tie, 0 where b was
 * @param annotators who gave each, numbers of 0 or more
 */
record Recorded(int[] a, int[] b, double[] y, int[] annotators) {

  static final Recorded NONE = new Recorded(new int[0], new int[0], new double[0], new int[0]);

  /** Checks that the four have one length. */
  Recorded {
    if (a.length != b.length || a.length != y.length || a.length != annotators.length) {
      throw new IllegalArgumentException(
          "lengths differ: "
              + a.length
              + ", "
              + b.length
              + ", "
              + y.length
              + ", "
              + annotators.length);
    }
  }

  int size() {
    return y.length;
  }
}
