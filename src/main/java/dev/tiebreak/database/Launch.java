package dev.tiebreak.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a cluster's server up: the one that still runs, or a new one. */
final class Launch {

  /** The service's database. */
  static final String DATABASE = "tiebreak";

  private static final Logger log = LoggerFactory.getLogger(Launch.class);
  private static final String MAINTENANCE = "postgres";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration RETRYING = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(200);

  /**
   * What a server writes into its log when another attempt may do: another process was faster to
   * take the port; the last server's sessions have yet to notice that it was killed; a service that
   * was killed had just started a server.
   */
  private static final List<String> PASSING =
      List.of(
          "could not create any TCP/IP sockets",
          "pre-existing shared memory block",
          "lock file \"postmaster.pid\" already exists");

  private final DataDirectory directory;
  private final Cluster cluster;
  private final Login login;

  Launch(DataDirectory directory, Cluster cluster, Login login) {
    this.directory = directory;
    this.cluster = cluster;
    this.login = login;
  }

  static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Returns the port of the server, which then has the service's database. */
  int run() throws IOException {
    int port = adoptOrStart();
    try {
      createDatabase(port);
    } catch (SQLException exception) {
      cluster.stop();
      throw new IOException(exception);
    }
    return port;
  }

  private int adoptOrStart() throws IOException {
    long start = System.nanoTime();
    while (true) {
      Optional<Integer> adopted = adopt();
      if (adopted.isPresent()) {
        return adopted.get();
      }
      int port = ServerPort.choose(directory.port());
      Command started = cluster.start(port);
      long elapsed = System.nanoTime() - start;
      if (started.succeeded()) {
        log.info(
            "database=embedded state=started directory={} port={} milliseconds={}",
            directory.path(),
            port,
            elapsed / 1_000_000);
        return port;
      }
      if (elapsed > RETRYING.toNanos() || PASSING.stream().noneMatch(started.output()::contains)) {
        throw new IOException(started.output());
      }
      Pauses.pause(PAUSE);
    }
  }

  /** A server that was left running: waits while it recovers, or while it ends. */
  private Optional<Integer> adopt() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<Postmaster> left = Postmaster.find(directory.cluster());
      if (left.isEmpty()) {
        return Optional.empty();
      }
      Postmaster postmaster = left.get();
      if (answersAsOurs(postmaster.port())) {
        ServerPort.keep(directory.port(), postmaster.port());
        log.info(
            "database=embedded state=adopted directory={} port={} process={}",
            directory.path(),
            postmaster.port(),
            postmaster.process());
        return Optional.of(postmaster.port());
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "process "
                + postmaster.process()
                + " serves it but lets nobody in with the password in "
                + directory.password());
      }
      Pauses.pause(PAUSE);
    }
  }

  /**
   * Whether the server there takes our password, shows that it knows it too (SCRAM proves both
   * ways), and serves our files.
   */
  private boolean answersAsOurs(int port) {
    try (Connection connection = connect(port);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW data_directory")) {
      return row.next() && Files.isSameFile(Path.of(row.getString(1)), directory.cluster());
    } catch (SQLException | IOException exception) {
      log.debug("database=embedded port={} answer={}", port, exception.getMessage());
      return false;
    }
  }

  private void createDatabase(int port) throws SQLException {
    try (Connection connection = connect(port);
        Statement statement = connection.createStatement()) {
      if (!exists(statement)) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    }
  }

  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
      return row.next();
    }
  }

  private Connection connect(int port) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", login.username());
    properties.setProperty("password", login.password());
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("loginTimeout", "5");
    return DriverManager.getConnection(url(port, MAINTENANCE), properties);
  }
}
