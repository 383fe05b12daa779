package dev.tiebreak.insight;

import java.util.Arrays;

/**
 * Comparisons that were answered alike.
 *
 * @param answers how often each category was given, by as many annotators
 * @param comparisons how many there are
 */
record JudgedUnits(int[] answers, long comparisons) {

  /** m_u, annotators that answered. */
  int annotators() {
    return Arrays.stream(answers).sum();
  }

  /** Ordered pairs of two annotators with the same answer. */
  long agreeing() {
    return Arrays.stream(answers).mapToLong(n -> (long) n * (n - 1)).sum();
  }
}
