package dev.tiebreak.design;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random numbers from a seed: the same on every JVM (L64X128MixRandom, own reduction). */
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

  /** A standard normal number, by Marsaglia's polar method. */
  double normal() {
    while (true) {
      double a = 2 * unit() - 1;
      double b = 2 * unit() - 1;
      double square = a * a + b * b;
      if (square > 0 && square < 1) {
        return a * Math.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }

  /** Standard normal numbers. */
  double[] normals(int count) {
    double[] normals = new double[count];
    for (int i = 0; i < count; i++) {
      normals[i] = normal();
    }
    return normals;
  }

  /** The numbers 0..count − 1 in a uniform order. */
  int[] permutation(int count) {
    int[] permutation = new int[count];
    for (int i = 0; i < count; i++) {
      int place = (int) below(i + 1L);
      permutation[i] = permutation[place];
      permutation[place] = i;
    }
    return permutation;
  }
}
