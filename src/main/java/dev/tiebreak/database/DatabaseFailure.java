package dev.tiebreak.database;

import org.jspecify.annotations.Nullable;

/** The database can't be used, for a reason that the person who started the service can remove. */
final class DatabaseFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  DatabaseFailure(String description, String action) {
    this(description, action, null);
  }

  DatabaseFailure(String description, String action, @Nullable Throwable cause) {
    super(description, cause);
    this.action = action;
  }

  /** What to do about it. */
  String action() {
    return action;
  }
}
