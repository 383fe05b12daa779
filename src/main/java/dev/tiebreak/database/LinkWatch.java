package dev.tiebreak.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Notices when the database is gone without a word: a cut network, a host that lost its power, a
 * frozen server. Statements may take minutes, so their own limit would come late; instead a
 * connection beside the pools is asked every second, and where two questions in a row get no answer
 * all connections are given up. Who waited on one gets an error, and the next connection leads to
 * where the database is then.
 */
final class LinkWatch implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(LinkWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int SILENT = 2;

  private final PostgresServer server;
  private final ConnectionPools pools;
  private final Properties parameters;
  private @Nullable Connection connection;
  private @Nullable Thread thread;
  private int unanswered;

  LinkWatch(PostgresServer server, ConnectionPools pools) {
    this.server = server;
    this.pools = pools;
    this.parameters = DriverParameters.of(server.service(), PATIENCE);
  }

  @Override
  public void start() {
    thread = Thread.ofPlatform().name("database-watch").daemon().start(this::watch);
  }

  @Override
  public void stop() {
    Thread watching = thread;
    if (watching != null) {
      watching.interrupt();
      thread = null;
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        note(answers());
      }
    } catch (InterruptedException stopped) {
      disconnect();
    }
  }

  private void note(boolean answered) {
    unanswered = answered ? 0 : unanswered + 1;
    if (unanswered == SILENT) {
      log.warn("database=silent action=\"all connections are given up\"");
    }
    if (unanswered >= SILENT) {
      pools.abort();
    }
  }

  /** Whether the server says anything; a refusal is an answer too. */
  private boolean answers() {
    try {
      Connection known = connection;
      if (known == null) {
        known = DriverManager.getConnection(server.url(), parameters);
        connection = known;
      }
      try (Statement statement = known.createStatement()) {
        statement.execute("select 1");
      }
      return true;
    } catch (SQLException failure) {
      disconnect();
      return !LostConnection.isUnanswered(failure);
    }
  }

  private void disconnect() {
    Connection known = connection;
    connection = null;
    if (known != null) {
      try {
        known.abort(Runnable::run);
      } catch (SQLException gone) {
        log.debug("connection=unaborted", gone);
      }
    }
  }
}
