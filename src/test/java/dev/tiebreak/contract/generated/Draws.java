package dev.tiebreak.contract.generated;

import java.util.List;
import java.util.SplittableRandom;

/** Everything that is drawn for one request: the same numbers give the same draws. */
final class Draws {

  private final SplittableRandom random;

  Draws(long seed, long number) {
    random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
  }

  /** From 0 to one less than the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From least to greatest, both included. */
  long between(long least, long greatest) {
    return least == greatest ? least : random.nextLong(least, greatest);
  }

  double between(double least, double greatest) {
    return least + (greatest - least) * random.nextDouble();
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  String of(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Lower-case letters and digits. */
  String word(int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append("abcdefghijklmnopqrstuvwxyz0123456789".charAt(below(36)));
    }
    return word.toString();
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
