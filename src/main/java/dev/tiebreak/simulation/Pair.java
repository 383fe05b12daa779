package dev.tiebreak.simulation;

/**
 * Two responses without sides, as rows of the data set.
 *
 * @param least the smaller row
 * @param greatest the greater row
 */
record Pair(int least, int greatest) {

  static Pair of(int one, int other) {
    return new Pair(Math.min(one, other), Math.max(one, other));
  }
}
