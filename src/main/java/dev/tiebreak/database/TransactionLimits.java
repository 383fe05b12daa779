package dev.tiebreak.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Lets one transaction take longer than a request's may: an upload that streams a gigabyte, the
 * removal of a large project.
 */
public final class TransactionLimits {

  /** How much longer the driver waits for an answer than PostgreSQL works on it. */
  static final Duration MARGIN = Duration.ofSeconds(10);

  private TransactionLimits() {}

  /**
   * Sets the longest that a statement, its wait for locks, and a pause between two may take in the
   * current transaction. It ends with the transaction, and with the connection's return to its
   * pool.
   *
   * @param connection one of a pool's, in a transaction
   * @param limit the longest; at least a second
   */
  public static void raise(Connection connection, Duration limit) throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException("not in a transaction");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET LOCAL statement_timeout = %1$d; SET LOCAL lock_timeout = %1$d; SET LOCAL idle_in_transaction_session_timeout = %1$d"
              .formatted(limit.toMillis()));
    }
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.plus(MARGIN).toMillis()));
  }
}
