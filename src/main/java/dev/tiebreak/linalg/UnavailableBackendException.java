package dev.tiebreak.linalg;

/** A backend cannot be had on this machine; the message says why. */
public final class UnavailableBackendException extends Exception {

  private static final long serialVersionUID = 1L;

  UnavailableBackendException(String message) {
    super(message);
  }

  UnavailableBackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
