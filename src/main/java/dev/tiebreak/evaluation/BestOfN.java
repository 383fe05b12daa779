package dev.tiebreak.evaluation;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Best-of-N: the gold reward of the response that a reward model ranks first among N drawn
 * uniformly without replacement, in expectation over the draws. Nothing is drawn: with the
 * responses in descending order of reward, the one at place i (from 0) is the best of N drawn with
 * probability C(n − 1 − i, N − 1) / C(n, N). Among equal rewards each is taken equally often.
 */
public final class BestOfN {

  private BestOfN() {}

  /**
   * The expected gold reward. Cost: O(n log n).
   *
   * @param rewards of the model, n
   * @param gold rewards, n
   * @param drawn N, from 1 to n
   */
  public static double expected(double[] rewards, double[] gold, int drawn) {
    int n = rewards.length;
    if (gold.length != n || drawn < 1 || drawn > n) {
      throw new IllegalArgumentException(
          drawn + " of " + n + " rewards and " + gold.length + " gold rewards");
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(i -> -rewards[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double expected = 0;
    // of all that stand at a place or after it, none before it having been drawn
    double first = (double) drawn / n;
    int i = 0;
    while (i < n && first > 0) {
      double weight = 0;
      double sum = 0;
      int start = i;
      do {
        weight += first;
        sum += gold[order[i]];
        first *= (double) (n - drawn - i) / (n - 1 - i);
        i++;
      } while (i < n && rewards[order[i]] == rewards[order[start]]);
      expected += weight * sum / (i - start);
    }
    return expected;
  }
}
