package dev.tiebreak.replay;

/** The data cannot be replayed; the message says why, to whoever asked for it. */
final class ReplayException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ReplayException(String message) {
    super(message);
  }
}
