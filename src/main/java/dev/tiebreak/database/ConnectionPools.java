package dev.tiebreak.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The service's two pools. A thread that gets no connection within 2 s gives up (the request is
 * turned away), so that load is shed and not queued.
 *
 * <p>PostgreSQL ends a statement that takes longer than the pool's limit; the driver gives a
 * connection up {@link TransactionLimits#MARGIN} after that, and {@link LinkWatch} much earlier
 * where the server is gone without a word.
 */
final class ConnectionPools {

  /** Has no UPDATE or DELETE on the log of verdicts. The migrations make it. */
  private static final String ROLE = "tiebreak_service";

  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(1);

  /** Start without a database; whoever wants a connection is told. */
  private static final long WITHOUT_FIRST_CONNECTION = -1;

  private final PostgresServer server;
  private final Duration idleInTransaction;
  private final List<Connections> connections = new CopyOnWriteArrayList<>();

  ConnectionPools(PostgresServer server, Duration idleInTransaction) {
    this.server = server;
    this.idleInTransaction = idleInTransaction;
  }

  /**
   * A pool that connects when it is first asked, which is after the migrations.
   *
   * @param lock the longest that a statement may wait for a lock; zero: as long as it may take
   */
  HikariDataSource pool(String name, int size, Duration statement, Duration lock) {
    Connections source =
        new Connections(
            server.url(),
            DriverParameters.of(server.service(), statement.plus(TransactionLimits.MARGIN)));
    connections.add(source);
    HikariDataSource pool = new ScopedPool();
    pool.setPoolName(name);
    pool.setDataSource(source);
    pool.setMaximumPoolSize(size);
    pool.setMinimumIdle(Math.min(size, 2));
    pool.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    pool.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
    pool.setInitializationFailTimeout(WITHOUT_FIRST_CONNECTION);
    pool.setExceptionOverrideClassName(ReadOnlyEviction.class.getName());
    pool.setConnectionInitSql(
        ("SET ROLE %s; SET statement_timeout = %d; SET lock_timeout = %d;"
                + " SET idle_in_transaction_session_timeout = %d;"
                // a plan made while a project was small would be kept when it is large
                + " SET plan_cache_mode = force_custom_plan")
            .formatted(ROLE, statement.toMillis(), lock.toMillis(), idleInTransaction.toMillis()));
    return pool;
  }

  /** Gives up every connection of both pools. */
  void abort() {
    connections.forEach(Connections::abort);
  }
}
