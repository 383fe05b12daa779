package dev.tiebreak.evaluation;

import dev.tiebreak.preference.Logistic;

/**
 * How well reward differences predict choices. A difference t says σ(t) for "left is preferred"; a
 * target q is the probability that it is: 0, ½ or 1 for one choice, the mean of several, or σ of a
 * difference of gold rewards.
 */
public final class PairwiseScore {

  private PairwiseScore() {}

  /**
   * The share of pairs whose better response has the greater reward; equal rewards count ½, pairs
   * with the target ½ are left out.
   *
   * @param differences reward of left less reward of right, logits
   * @param targets q, as many
   * @return NaN where no pair is decided
   */
  public static double accuracy(double[] differences, double[] targets) {
    requireSameLength(differences, targets);
    double right = 0;
    int decided = 0;
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] != 0.5) {
        double product = differences[i] * (targets[i] - 0.5);
        right += product > 0 ? 1 : product == 0 ? 0.5 : 0;
        decided++;
      }
    }
    return decided == 0 ? Double.NaN : right / decided;
  }

  /**
   * The mean of −[q log σ(t) + (1 − q) log σ(−t)], nats; ln 2 where nothing is known.
   *
   * @param differences t, logits
   * @param targets q, as many
   * @return NaN where there is no pair
   */
  public static double logLoss(double[] differences, double[] targets) {
    requireSameLength(differences, targets);
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      sum +=
          targets[i] * Logistic.softplus(-differences[i])
              + (1 - targets[i]) * Logistic.softplus(differences[i]);
    }
    return sum / targets.length;
  }

  private static void requireSameLength(double[] differences, double[] targets) {
    if (differences.length != targets.length) {
      throw new IllegalArgumentException(
          differences.length + " differences for " + targets.length + " targets");
    }
  }
}
