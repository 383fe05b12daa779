package dev.tiebreak.access;

import org.springframework.security.core.AuthenticationException;

/** From an address came so many wrong keys that no other is looked at for a while. */
final class TooManyFailures extends AuthenticationException {

  private static final long serialVersionUID = 1;

  private final long seconds;

  TooManyFailures(long seconds) {
    super("too many failed authentications");
    this.seconds = seconds;
  }

  /** How long. */
  long seconds() {
    return seconds;
  }
}
