package dev.tiebreak.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.postgresql.PGConnection;

/**
 * A pool that gives each connection the scope of the thread that takes it, whether a transaction
 * follows or a single statement. It remembers what each has, so that a scope which stays costs
 * nothing; one that changes costs a statement.
 */
final class ScopedPool extends HikariDataSource {

  // by the connection to the server
  private final Map<PGConnection, String> scopes = Collections.synchronizedMap(new WeakHashMap<>());

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    try {
      scope(connection, ProjectScope.current().setting());
      return connection;
    } catch (SQLException | RuntimeException failure) {
      evictConnection(connection);
      throw failure;
    }
  }

  private void scope(Connection connection, String scope) throws SQLException {
    PGConnection server = connection.unwrap(PGConnection.class);
    if (scope.equals(scopes.get(server))) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement("select set_config('tiebreak.projects', ?, false)")) {
      statement.setString(1, scope);
      statement.execute();
    }
    scopes.put(server, scope);
  }
}
