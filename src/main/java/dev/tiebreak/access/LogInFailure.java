package dev.tiebreak.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;

/** Why a log-in over the page came to nothing, as the page's address tells it. */
enum LogInFailure {
  /** The key is none. */
  KEY,
  /** Too many keys were none. */
  MANY,
  /** The issuer, or what came from there, did not convince. */
  ISSUER,
  /** The issuer does not answer. */
  UNAVAILABLE;

  static LogInFailure of(AuthenticationException failure) {
    return switch (failure) {
      case BadCredentialsException wrong -> KEY;
      case TooManyFailures many -> MANY;
      case AuthenticationServiceException unanswered -> UNAVAILABLE;
      default ->
          failure.getCause() instanceof AuthenticationServiceException ? UNAVAILABLE : ISSUER;
    };
  }

  /** What the page's address tells; empty where that is none of these. */
  static Optional<LogInFailure> ofName(@Nullable String name) {
    return Arrays.stream(values()).filter(failure -> failure.lowerCase().equals(name)).findFirst();
  }

  String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }
}
