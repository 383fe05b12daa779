package dev.tiebreak.design;

/** The seed of each selection of a project, so that rounds and replays draw alike. */
public final class RoundSeed {

  private RoundSeed() {}

  /**
   * A seed for a round.
   *
   * @param seed of the project
   * @param round its number, from 1
   */
  public static long of(long seed, long round) {
    return SplitMix64.at(seed, round);
  }
}
