package dev.tiebreak.evaluation;

import dev.tiebreak.design.SplitMix64;
import dev.tiebreak.preference.Logistic;

/**
 * Uniform numbers that depend only on a seed and on what they are for, never on the order of
 * drawing: the same question gets the same answer whichever thread asks it first.
 */
public final class Coin {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final long seed;

  /** The numbers of a seed. */
  public Coin(long seed) {
    this.seed = seed;
  }

  /** A number in [0, 1) for these words. */
  public double uniform(String... words) {
    long hash = mix(seed) ^ FNV_OFFSET;
    for (String word : words) {
      for (int i = 0; i < word.length(); i++) {
        hash = (hash ^ word.charAt(i)) * FNV_PRIME;
      }
      hash = mix(hash);
    }
    return (mix(hash) >>> 11) * 0x1.0p-53;
  }

  /**
   * Whether the coin of a Bradley–Terry model falls on the side of left.
   *
   * @param logit reward of left less reward of right
   */
  public boolean prefersLeft(double logit, String... words) {
    return uniform(words) < Logistic.sigmoid(logit);
  }

  /** Spreads neighbouring seeds over all 64 bits. */
  public static long mix(long value) {
    return SplitMix64.at(value, 1);
  }
}
