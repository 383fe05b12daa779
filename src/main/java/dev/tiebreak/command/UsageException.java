package dev.tiebreak.command;

/** The command line can't be meant; nothing has been done yet. */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Tells the person at the terminal why. */
  public UsageException(String message) {
    super(message);
  }
}
