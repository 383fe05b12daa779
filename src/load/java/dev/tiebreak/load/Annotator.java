package dev.tiebreak.load;

import java.util.ArrayDeque;
import java.util.Deque;

/** Somebody at work on a project's comparisons. */
final class Annotator {

  private static final int REMEMBERED = 300;

  private final String project;
  private final String name;
  private final Deque<String> seen = new ArrayDeque<>();
  private volatile boolean gone;

  Annotator(String project, String name) {
    this.project = project;
    this.name = name;
  }

  String project() {
    return project;
  }

  String name() {
    return name;
  }

  /** Whether this lease is new to the annotator, to whom a repeated call shows old ones again. */
  synchronized boolean see(String lease) {
    if (seen.contains(lease)) {
      return false;
    }
    if (seen.size() == REMEMBERED) {
      seen.removeFirst();
    }
    return seen.add(lease);
  }

  /** Closes the tab; what is in hand is left to run out. */
  void leave() {
    gone = true;
  }

  boolean isGone() {
    return gone;
  }
}
