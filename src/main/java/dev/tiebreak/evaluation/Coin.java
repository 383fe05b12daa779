package dev.tiebreak.evaluation;

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

  /** The finalizer of SplitMix64: spreads neighbouring seeds over all 64 bits. */
  public static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
