package dev.tiebreak.replay;

import dev.tiebreak.evaluation.Coin;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Repetitions drawn again with replacement. They are what differs by chance here: which prompts are
 * held out and how coins fall. Prompts are not drawn again, and the held-out sides of different
 * repetitions overlap, so that an interval tells how surely the result holds for these data, not
 * for others. Source: Efron, Tibshirani, An Introduction to the Bootstrap, 1993, chapters 6 and 13.
 */
final class Bootstrap {

  static final int DRAWS = 2000;

  private Bootstrap() {}

  /** Each repetition once. */
  static int[] all(int repetitions) {
    return IntStream.range(0, repetitions).toArray();
  }

  /**
   * A statistic of each draw, in the order of drawing; the same draws for the same seed and number
   * of repetitions.
   *
   * @param statistic of the repetitions drawn, some of them more than once
   */
  static double[] draw(int repetitions, long seed, ToDoubleFunction<int[]> statistic) {
    Random random = new Random(Coin.mix(seed));
    double[] values = new double[DRAWS];
    int[] chosen = new int[repetitions];
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int i = 0; i < repetitions; i++) {
        chosen[i] = random.nextInt(repetitions);
      }
      values[draw] = statistic.applyAsDouble(chosen);
    }
    return values;
  }
}
