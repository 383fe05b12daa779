package dev.tiebreak.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** Makes the connections of a pool and remembers them, so that all can be given up at once. */
final class Connections extends SimpleDriverDataSource {

  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  // guarded by itself
  private final Set<Connection> made = Collections.newSetFromMap(new WeakHashMap<>());

  Connections(String url, Properties parameters) {
    super(new Driver(), url, parameters);
  }

  @Override
  protected Connection getConnectionFromDriver(Properties parameters) throws SQLException {
    Connection connection = super.getConnectionFromDriver(parameters);
    synchronized (made) {
      made.add(connection);
    }
    return connection;
  }

  /** The pool wants to set it; the log-in's parameters have it already. */
  @Override
  public void setLoginTimeout(int seconds) {
    log.debug("loginTimeout={} ignored", seconds);
  }

  /** Breaks every connection: whoever waits for an answer on one fails at once. */
  void abort() {
    List<Connection> all;
    synchronized (made) {
      all = List.copyOf(made);
      made.clear();
    }
    // each by itself, as an encrypted one waits for a farewell
    all.forEach(connection -> Thread.startVirtualThread(() -> abort(connection)));
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException | RuntimeException failure) {
      log.debug("connection=unaborted", failure);
    }
  }
}
