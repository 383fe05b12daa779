package dev.tiebreak.replay;

/** A cell was given up half-way, as the replay was cancelled, lost to another process, or ended. */
final class StoppedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  StoppedException() {
    super("stopped", null, false, false);
  }
}
