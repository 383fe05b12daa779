package dev.tiebreak.preference;

/**
 * Counted verdicts, as rows of the embedding matrix: verdict i compared response {@code a[i]} with
 * response {@code b[i]}.
 *
 * @param a row numbers, N
 * @param b row numbers, N
 * @param y targets, N: 1 where a was preferred, ½ for a tie, 0 where b was
 */
public record Judgements(int[] a, int[] b, double[] y) {

  /** Checks that the three have one length. */
  public Judgements {
    if (a.length != b.length || a.length != y.length) {
      throw new IllegalArgumentException(
          "lengths differ: " + a.length + ", " + b.length + ", " + y.length);
    }
  }

  /** No verdicts. */
  public static Judgements none() {
    return new Judgements(new int[0], new int[0], new double[0]);
  }

  /** The number of verdicts N. */
  public int size() {
    return y.length;
  }
}
