package dev.tiebreak.load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What a phase's calls came to. Latencies are in microseconds, from when a call was due. */
final class Measurements {

  private static final long LONGEST_MICROS = 120_000_000;
  private static final int DIGITS = 3;
  private static final int EXAMPLES = 20;

  private final Map<Call, Histogram> served = histograms();
  private final Histogram refused = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
  private final LongAdder errors = new LongAdder();
  private final Queue<String> examples = new ConcurrentLinkedQueue<>();
  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final LongAdder fresh = new LongAdder();
  private final LongAdder shortBatches = new LongAdder();

  private static Map<Call, Histogram> histograms() {
    Map<Call, Histogram> histograms = new EnumMap<>(Call.class);
    for (Call call : Call.values()) {
      histograms.put(call, new ConcurrentHistogram(LONGEST_MICROS, DIGITS));
    }
    return histograms;
  }

  void served(Call call, long dueNanos) {
    served(call).recordValue(micros(dueNanos));
  }

  void refused(long dueNanos) {
    refused.recordValue(micros(dueNanos));
  }

  void error(String what) {
    errors.increment();
    if (examples.size() < EXAMPLES) {
      examples.add(what);
    }
  }

  /** A verdict was answered with this outcome. */
  void verdict(String outcome) {
    outcomes.computeIfAbsent(outcome, o -> new LongAdder()).increment();
  }

  /** So many comparisons were leased that were not in the annotator's hands before. */
  void leased(int comparisons) {
    fresh.add(comparisons);
  }

  /** A next-batch held fewer comparisons than were asked for. */
  void shortBatch() {
    shortBatches.increment();
  }

  long shortBatches() {
    return shortBatches.sum();
  }

  private static long micros(long dueNanos) {
    return Math.clamp((System.nanoTime() - dueNanos) / 1000, 0, LONGEST_MICROS);
  }

  Histogram served(Call call) {
    return Objects.requireNonNull(served.get(call));
  }

  Histogram refused() {
    return refused;
  }

  long errors() {
    return errors.sum();
  }

  List<String> examples() {
    return List.copyOf(examples);
  }

  long fresh() {
    return fresh.sum();
  }

  /** Verdicts that were taken, one that was sent again included. */
  long verdicts() {
    return outcomes.values().stream().mapToLong(LongAdder::sum).sum() - verdicts("REFUSED");
  }

  long verdicts(String outcome) {
    LongAdder count = outcomes.get(outcome);
    return count == null ? 0 : count.sum();
  }

  Map<String, Long> outcomes() {
    Map<String, Long> counts = new TreeMap<>();
    outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
    return counts;
  }
}
