package dev.tiebreak.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What became of the verdicts of a run; shared by its annotators. */
final class Tally {

  private final Map<String, Integer> outcomes = new TreeMap<>();
  private int counted;
  private int uncounted;
  private long lastCounted = System.nanoTime();

  synchronized void add(String outcome, boolean counts) {
    outcomes.merge(outcome, 1, Integer::sum);
    if (counts) {
      counted++;
      lastCounted = System.nanoTime();
    } else {
      uncounted++;
    }
  }

  /** Starts the clock of {@link #sinceLastCounted()} anew. */
  synchronized void restartClock() {
    lastCounted = System.nanoTime();
  }

  synchronized Duration sinceLastCounted() {
    return Duration.ofNanos(System.nanoTime() - lastCounted);
  }

  synchronized int counted() {
    return counted;
  }

  synchronized int uncounted() {
    return uncounted;
  }

  synchronized Map<String, Integer> outcomes() {
    return new TreeMap<>(outcomes);
  }
}
