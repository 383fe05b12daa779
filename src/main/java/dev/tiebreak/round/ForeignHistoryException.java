package dev.tiebreak.round;

/** The log of verdicts names transactions that this database never had. */
final class ForeignHistoryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ForeignHistoryException() {
    super("The log of verdicts comes from another PostgreSQL cluster");
  }
}
