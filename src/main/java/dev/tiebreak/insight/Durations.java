package dev.tiebreak.insight;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long answers took, as counts in buckets of a sixteenth of an octave: bucket b holds 2^(b/16)
 * to 2^((b+1)/16) milliseconds, and 0 ms counts as 1.
 */
final class Durations {

  private static final double BUCKETS_AN_OCTAVE = 16;

  private final SortedMap<Integer, Long> verdicts = new TreeMap<>();

  void add(int bucket, long count) {
    verdicts.merge(bucket, count, Long::sum);
  }

  /**
   * The median in milliseconds, within 2.2 % (half a bucket); of an even number the mean of the two
   * in the middle. Null of none.
   */
  @Nullable Double median() {
    long n = verdicts.values().stream().mapToLong(Long::longValue).sum();
    return n == 0 ? null : (Double) ((at((n - 1) / 2) + at(n / 2)) / 2);
  }

  /** The geometric middle of the bucket that holds this rank, from 0. */
  private double at(long rank) {
    long before = 0;
    for (Map.Entry<Integer, Long> bucket : verdicts.entrySet()) {
      before += bucket.getValue();
      if (before > rank) {
        return Math.pow(2, (bucket.getKey() + 0.5) / BUCKETS_AN_OCTAVE);
      }
    }
    throw new IllegalArgumentException("rank " + rank + " of " + before);
  }
}
