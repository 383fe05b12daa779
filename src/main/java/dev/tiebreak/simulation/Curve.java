package dev.tiebreak.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a run showed.
 *
 * @param points in the order of their labels
 * @param counted verdicts given in this run that count
 * @param uncounted verdicts given in this run that don't
 * @param outcomes how many verdicts ended how
 * @param answering time in which annotators were at work, without the pauses at the points
 */
record Curve(
    String project,
    String strategy,
    long seed,
    List<Checkpoint> points,
    int counted,
    int uncounted,
    Map<String, Integer> outcomes,
    Duration answering) {

  /** Verdicts a second while annotators were at work. */
  double rate() {
    return answering.isZero() ? 0 : (counted + uncounted) / (answering.toNanos() / 1e9);
  }
}
