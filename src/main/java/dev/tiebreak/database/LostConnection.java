package dev.tiebreak.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells failures that are the database's and pass from those that are the statement's. */
public final class LostConnection {

  /**
   * Read-only since a fail-over, ended for idling in a transaction, kept out by a lock, ended by an
   * administrator, crashed, starting.
   */
  private static final Set<String> PASSING =
      Set.of("25006", "25P03", "55P03", "57P01", "57P02", "57P03", "57P05");

  private static final String LOCKED_OUT = "55P03";
  private static final String UNANSWERED = "08";
  private static final String TAKEN = "53";

  /** What a pool that has no connection to give would say, had it a state for it. */
  private static final String NOT_TO_BE_HAD = "pool";

  private static final int DEEPEST = 20;

  private LostConnection() {}

  /** Whether the database was away, or somebody's lock in the way, so that it may work later. */
  public static boolean isPassing(@Nullable Throwable failure) {
    return states(failure)
        .anyMatch(state ->
            state.startsWith(UNANSWERED)
                || state.startsWith(TAKEN)
                || PASSING.contains(state)
                || state.equals(NOT_TO_BE_HAD));
  }

  /** Whether the session was lost under the work, which can be done again in another. */
  public static boolean isLost(@Nullable Throwable failure) {
    return states(failure)
        .anyMatch(state ->
            state.startsWith(UNANSWERED) || PASSING.contains(state) && !state.equals(LOCKED_OUT));
  }

  /** Whether no server answered at all. */
  static boolean isUnanswered(SQLException failure) {
    return states(failure).anyMatch(state -> state.startsWith(UNANSWERED));
  }

  private static Stream<String> states(@Nullable Throwable failure) {
    Stream.Builder<String> states = Stream.builder();
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof SQLException database && database.getSQLState() != null) {
        states.add(database.getSQLState());
      } else if (cause instanceof SQLTransientConnectionException) {
        states.add(NOT_TO_BE_HAD);
      }
      cause = cause.getCause();
    }
    return states.build();
  }
}
