package dev.tiebreak.simulation;

/** The command line can't be meant; nothing has been done yet. */
final class UsageException extends SimulationException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
