package dev.tiebreak.replay;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns gold rewards of any unit into logits. */
final class GoldScale {

  /**
   * The root mean square of the gold differences within prompts, in logits, that AUTO gives: a
   * normal difference of that spread is judged as the gold rewards say with probability 0.77, about
   * as often as people agree with each other.
   */
  static final double SPREAD = 2;

  private GoldScale() {}

  /**
   * Logits for a unit of gold reward.
   *
   * @param rows that have one
   * @param given null: AUTO
   */
  static double of(ReplayData data, int[] rows, @Nullable Double given) {
    if (given != null) {
      return given;
    }
    double mean = meanSquaredDifference(data, rows);
    if (!(mean > 0)) {
      throw new ReplayException(
          "The gold rewards within a prompt never differ, so no verdict can be drawn from them");
    }
    return SPREAD / Math.sqrt(mean);
  }

  /** Over all pairs of one prompt: n_g Σ_i (g_i − ḡ)² of each prompt, over the number of pairs. */
  private static double meanSquaredDifference(ReplayData data, int[] rows) {
    Map<Integer, double[]> moments = new HashMap<>();
    for (int row : rows) {
      double[] sums = moments.computeIfAbsent(data.promptOf()[row], prompt -> new double[3]);
      // Welford: count, mean, sum of squared deviations
      sums[0]++;
      double deviation = data.gold()[row] - sums[1];
      sums[1] += deviation / sums[0];
      sums[2] += deviation * (data.gold()[row] - sums[1]);
    }
    double squares = 0;
    double pairs = 0;
    for (double[] sums : moments.values()) {
      squares += sums[0] * sums[2];
      pairs += sums[0] * (sums[0] - 1) / 2;
    }
    return pairs == 0 ? 0 : squares / pairs;
  }
}
