package dev.tiebreak.design;

import java.util.HashMap;
import java.util.Map;

/**
 * Uniform draws without replacement from a candidate set: a Fisher–Yates shuffle of the candidate
 * indices 0..count − 1 of which only the displaced entries are stored.
 *
 * <p>Cost: O(log n) time and O(1) memory a draw, however many candidates there are.
 */
final class UniformDraws {

  private final CandidateSet candidates;
  private final Uniform uniform;
  private final Map<Long, Long> displaced = new HashMap<>();
  private long drawn;

  UniformDraws(CandidateSet candidates, Uniform uniform) {
    this.candidates = candidates;
    this.uniform = uniform;
  }

  /** The next {@code count} pairs, packed, in the order of the draw. */
  long[] next(int count) {
    long[] pairs = new long[count];
    for (int i = 0; i < count; i++) {
      pairs[i] = candidates.pairAt(nextIndex());
    }
    return pairs;
  }

  private long nextIndex() {
    long remaining = candidates.count() - drawn;
    if (remaining == 0) {
      throw new IllegalStateException("all " + drawn + " candidates are drawn");
    }
    long place = drawn + uniform.below(remaining);
    long index = displaced.getOrDefault(place, place);
    Long moved = displaced.remove(drawn);
    if (place != drawn) {
      displaced.put(place, moved == null ? drawn : moved);
    }
    drawn++;
    return index;
  }
}
