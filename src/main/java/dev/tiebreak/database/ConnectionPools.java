package dev.tiebreak.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/**
 * The service's two pools. A thread that gets no connection within 2 s gives up (the request is
 * turned away), so that load is shed and not queued.
 *
 * <p>PostgreSQL ends a statement that takes longer than the pool's limit; the driver gives a
 * connection up {@link TransactionLimits#MARGIN} after that, which only a server that is gone
 * without a word makes it do.
 */
final class ConnectionPools {

  /** Has no UPDATE or DELETE on the log of verdicts. The migrations make it. */
  private static final String ROLE = "tiebreak_service";

  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(1);

  private final PostgresServer server;
  private final Duration idleInTransaction;

  ConnectionPools(PostgresServer server, Duration idleInTransaction) {
    this.server = server;
    this.idleInTransaction = idleInTransaction;
  }

  /** A pool that connects when it is first asked, which is after the migrations. */
  HikariDataSource pool(String name, int connections, Duration statement) {
    HikariDataSource pool = new ScopedPool();
    pool.setPoolName(name);
    pool.setJdbcUrl(server.url());
    pool.setUsername(server.service().username());
    pool.setPassword(server.service().password());
    pool.setMaximumPoolSize(connections);
    pool.setMinimumIdle(Math.min(connections, 2));
    pool.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    pool.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
    pool.setInitializationFailTimeout(CONNECTION_TIMEOUT.toMillis());
    pool.setConnectionInitSql(
        ("SET ROLE %s; SET statement_timeout = %d; SET idle_in_transaction_session_timeout = %d;"
                // a plan made while a project was small would be kept when it is large
                + " SET plan_cache_mode = force_custom_plan")
            .formatted(ROLE, statement.toMillis(), idleInTransaction.toMillis()));
    property(pool, "ApplicationName", "tiebreak");
    property(pool, "connectTimeout", Long.toString(CONNECTION_TIMEOUT.toSeconds()));
    property(
        pool, "socketTimeout", Long.toString(statement.plus(TransactionLimits.MARGIN).toSeconds()));
    property(pool, "tcpKeepAlive", "true");
    property(pool, "targetServerType", "primary");
    property(pool, "logServerErrorDetail", "false");
    return pool;
  }

  /** A default: the same parameter in the URL wins. */
  private static void property(HikariDataSource pool, String name, String value) {
    pool.addDataSourceProperty(name, value);
  }
}
