package dev.tiebreak.simulation;

import java.io.PrintStream;
import java.util.Locale;

/**
 * What a person sees while a run lasts: a line for each point of the curve and, on a terminal, a
 * bar below them.
 */
final class Progress {

  private static final int BAR = 30;
  private static final long REDRAW_NANOS = 100_000_000;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private int total;
  private int labels;
  private int labelsAtStart;
  private long round;
  private long start = System.nanoTime();
  private long drawn;
  private boolean barred;

  /**
   * Shows progress.
   *
   * @param terminal whether a bar can be redrawn in place
   */
  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** A run begins with some labels given and {@code total} wanted. */
  synchronized void begin(int given, int wanted) {
    labels = given;
    labelsAtStart = given;
    total = wanted;
    round = 0;
    start = System.nanoTime();
  }

  synchronized void counted(int verdicts) {
    labels += verdicts;
    if (terminal && System.nanoTime() - drawn > REDRAW_NANOS) {
      draw();
    }
  }

  synchronized void point(Checkpoint point) {
    round = point.round();
    say(
        String.format(
            Locale.ROOT,
            "%8d labels  %s  round %d  %.1f s",
            point.labels(),
            point.score(),
            point.round(),
            point.elapsed().toNanos() / 1e9));
    if (terminal && labels < total) {
      draw();
    }
  }

  /** Prints a line; a bar makes room for it. */
  synchronized void say(String line) {
    out.println((barred ? CLEAR : "") + line);
    barred = false;
  }

  private void draw() {
    drawn = System.nanoTime();
    double seconds = (drawn - start) / 1e9;
    int filled = total == 0 ? BAR : (int) ((long) BAR * Math.min(labels, total) / total);
    out.print(
        CLEAR
            + String.format(
                Locale.ROOT,
                "[%s%s] %d/%d labels  %.1f/s  round %d  %d:%02d",
                "#".repeat(filled),
                ".".repeat(BAR - filled),
                labels,
                total,
                (labels - labelsAtStart) / seconds,
                round,
                (long) seconds / 60,
                (long) seconds % 60));
    out.flush();
    barred = true;
  }
}
