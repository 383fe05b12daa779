package dev.tiebreak.design;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Uniform numbers from a seed: the same on every JVM (L64X128MixRandom, own reduction). */
final class Uniform {

  private final RandomGenerator generator;

  Uniform(long seed) {
    generator = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** A whole number in [0, bound), without modulo bias. */
  long below(long bound) {
    while (true) {
      long bits = generator.nextLong() >>> 1;
      long value = bits % bound;
      if (bits - value + (bound - 1) >= 0) {
        return value;
      }
    }
  }

  /** A number in [0, 1), a multiple of 2⁻⁵³. */
  double unit() {
    return (generator.nextLong() >>> 11) * 0x1p-53;
  }
}
