package dev.tiebreak.design;

/** The seed of each selection of a project, so that rounds and replays draw alike. */
public final class RoundSeed {

  private RoundSeed() {}

  /**
   * A seed for a round, by SplitMix64's finaliser (Steele, Lea, Flood 2014).
   *
   * @param seed of the project
   * @param round its number, from 1
   */
  public static long of(long seed, long round) {
    long z = seed + round * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
