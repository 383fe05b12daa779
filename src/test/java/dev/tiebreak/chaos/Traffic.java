package dev.tiebreak.chaos;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/** What the clients of a run saw: the rate of acknowledged verdicts, and answers out of order. */
final class Traffic {

  static final int BIN_MILLIS = 250;

  private static final int BINS = 4 * 60 * 60 * 6;

  private final long start = System.nanoTime();
  private final AtomicIntegerArray acknowledged = new AtomicIntegerArray(BINS);
  private final LongAdder total = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final Map<String, Integer> oddities = new ConcurrentHashMap<>();

  /** Milliseconds since the run began. */
  long now() {
    return (System.nanoTime() - start) / 1_000_000;
  }

  void acknowledged(int verdicts) {
    acknowledged.addAndGet((int) Math.min(BINS - 1, now() / BIN_MILLIS), verdicts);
    total.add(verdicts);
  }

  /** A request was refused or its answer got lost, so that it is sent again. */
  void retried() {
    retries.increment();
  }

  /** An answer that the contract does not know. */
  void odd(String what) {
    oddities.merge(what, 1, Integer::sum);
  }

  long total() {
    return total.sum();
  }

  long retries() {
    return retries.sum();
  }

  Map<String, Integer> oddities() {
    return oddities;
  }

  /** Verdicts a second that were acknowledged between two times. */
  double rate(long fromMillis, long toMillis) {
    int from = (int) Math.max(0, fromMillis / BIN_MILLIS);
    int to = (int) Math.max(from + 1, toMillis / BIN_MILLIS);
    int verdicts = 0;
    for (int bin = from; bin < to; bin++) {
      verdicts += acknowledged.get(bin);
    }
    return verdicts * 1000.0 / ((to - from) * BIN_MILLIS);
  }
}
