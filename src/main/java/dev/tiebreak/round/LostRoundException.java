package dev.tiebreak.round;

/** Another process holds the project now: this round must not be published. */
final class LostRoundException extends RuntimeException {

  private static final long serialVersionUID = 1;
}
