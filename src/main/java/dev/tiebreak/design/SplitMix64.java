package dev.tiebreak.design;

/**
 * Numbers that depend on a seed and their place alone. Source: Steele, Lea, Flood, Fast splittable
 * pseudorandom number generators, OOPSLA 2014, with Stafford's mix 13.
 */
public final class SplitMix64 {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private SplitMix64() {}

  /**
   * A number of a seed's sequence: neighbouring seeds and places are spread over all 64 bits.
   *
   * @param place from 1
   */
  public static long at(long seed, long place) {
    long z = seed + place * GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
