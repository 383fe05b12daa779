package dev.tiebreak.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL that others run, named by {@code TIEBREAK_DATABASE_URL}. */
record ExternalPostgres(String url, Login service, Login owner) implements PostgresServer {

  private static final Logger log = LoggerFactory.getLogger(ExternalPostgres.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final String PREFIX = "jdbc:postgresql:";

  /** SQLStates that pass by themselves: unreachable, broken, starting, all connections taken. */
  private static final Set<String> PASSING =
      Set.of("08001", "08006", "57P01", "57P02", "57P03", "53300");

  /**
   * Waits until the server lets both users in.
   *
   * @throws DatabaseFailure when it doesn't within the start timeout, or refuses
   */
  static ExternalPostgres reach(DatabaseProperties.Database database) {
    String url = database.url().strip();
    requireJdbc(url);
    long deadline = System.nanoTime() + database.startTimeout().toNanos();
    Login service = logIn(url, database.service(), deadline);
    Login owner =
        database.ownerUsername().isBlank() ? service : logIn(url, database.owner(), deadline);
    log.info("database=external username={} owner={}", service.username(), owner.username());
    return new ExternalPostgres(url, service, owner);
  }

  @Override
  public void close() {
    // its owner ends it
  }

  private static void requireJdbc(String url) {
    if (!url.startsWith(PREFIX)) {
      int scheme = url.indexOf("://");
      throw new DatabaseFailure(
          "TIEBREAK_DATABASE_URL is not a JDBC URL of PostgreSQL: it begins with \""
              + (scheme < 0 ? "" : url.substring(0, scheme + 3))
              + "\".",
          "Write it as jdbc:postgresql://host:5432/database, and give user and password by"
              + " TIEBREAK_DATABASE_USERNAME and TIEBREAK_DATABASE_PASSWORD. Unset it to use the"
              + " embedded PostgreSQL.");
    }
    try {
      DriverManager.getDriver(url);
    } catch (SQLException exception) {
      throw new DatabaseFailure(
          "TIEBREAK_DATABASE_URL begins like a JDBC URL of PostgreSQL, but can't be read.",
          "Write it as jdbc:postgresql://host:5432/database.",
          exception);
    }
  }

  private static Login logIn(String url, Login login, long deadline) {
    boolean told = false;
    while (true) {
      try (Connection connection =
          DriverManager.getConnection(url, DriverParameters.of(login, ANSWER))) {
        return new Login(connection.getMetaData().getUserName(), login.password());
      } catch (SQLException exception) {
        if (!passes(exception.getSQLState()) || System.nanoTime() > deadline) {
          throw failure(url, login, exception);
        }
        if (!told) {
          log.info("database=external state=waiting server={}", server(url));
          told = true;
        }
        Pauses.pause(PAUSE);
      }
    }
  }

  private static boolean passes(@Nullable String state) {
    return state != null && PASSING.contains(state);
  }

  private static DatabaseFailure failure(String url, Login login, SQLException exception) {
    String state = String.valueOf(exception.getSQLState());
    String user = login.username().isEmpty() ? "the default user" : "user " + login.username();
    String said = " (" + exception.getMessage() + ")";
    return switch (state) {
      case "28P01", "28000", "08004" ->
          new DatabaseFailure(
              "PostgreSQL at " + server(url) + " refuses " + user + said + ".",
              "Correct TIEBREAK_DATABASE_USERNAME and TIEBREAK_DATABASE_PASSWORD (for migrations"
                  + " also TIEBREAK_DATABASE_OWNER_USERNAME and TIEBREAK_DATABASE_OWNER_PASSWORD).",
              exception);
      case "3D000" ->
          new DatabaseFailure(
              "PostgreSQL at " + server(url) + " has no such database" + said + ".",
              "Create it (CREATE DATABASE …), or correct TIEBREAK_DATABASE_URL.",
              exception);
      default ->
          new DatabaseFailure(
              "PostgreSQL at " + server(url) + " does not answer" + said + ".",
              "Start it, or correct TIEBREAK_DATABASE_URL. Unset it to use the embedded PostgreSQL.",
              exception);
    };
  }

  /** Host, port and database without the parameters, which may hold a password. */
  private static String server(String url) {
    String rest = url.substring(PREFIX.length());
    int parameters = rest.indexOf('?');
    return parameters < 0 ? rest : rest.substring(0, parameters);
  }
}
