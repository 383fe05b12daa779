package dev.tiebreak.database;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.FileSystemUtils;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * An empty database for tests, on a real PostgreSQL: the one that {@code TIEBREAK_DATABASE_URL}
 * names (there a database of its own, whatever else it holds stays untouched), else one in Docker,
 * else the embedded one. What is chosen must work: a test never skips itself, nor falls back
 * silently.
 */
public final class TestDatabase implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TestDatabase.class);
  private static final String IMAGE = "postgres:18";

  private final String url;
  private final Login login;
  private final AutoCloseable end;

  private TestDatabase(String url, Login login, AutoCloseable end) {
    this.url = url;
    this.login = login;
    this.end = end;
  }

  /** Gives a context such a database, dropped after the context has closed its connections. */
  public static final class Initializer
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      TestDatabase database = create();
      // the first one registered is the last one destroyed
      ((DefaultSingletonBeanRegistry) context.getBeanFactory())
          .registerDisposableBean("testDatabase", database::close);
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("testDatabase", database.properties()));
    }
  }

  /** Creates the database. */
  public static TestDatabase create() {
    Map<String, String> environment = System.getenv();
    String named = environment.getOrDefault("TIEBREAK_DATABASE_URL", "");
    TestDatabase database =
        !named.isBlank()
            ? scratch(named, named(environment))
            : DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
    log.info("testDatabase={} username={}", database.url(), database.username());
    return database;
  }

  /** The JDBC URL. */
  public String url() {
    return url;
  }

  /** The user, who owns the database. */
  public String username() {
    return login.username();
  }

  /** The password. */
  public String password() {
    return login.password();
  }

  /** A new connection as {@link #username}. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, login.username(), login.password());
  }

  /** Drops the database, and ends the server where it was started for the test. */
  @Override
  public void close() {
    try {
      end.close();
    } catch (Exception exception) {
      throw new IllegalStateException("the test database " + url + " is left over", exception);
    }
  }

  private Map<String, Object> properties() {
    return Map.of(
        "tiebreak.database.url",
        url,
        "tiebreak.database.username",
        login.username(),
        "tiebreak.database.password",
        login.password(),
        "tiebreak.database.owner-username",
        "",
        "tiebreak.database.owner-password",
        "");
  }

  /** The owner, where one is named, as the tests create a database. */
  private static Login named(Map<String, String> environment) {
    String prefix =
        environment.getOrDefault("TIEBREAK_DATABASE_OWNER_USERNAME", "").isBlank()
            ? "TIEBREAK_DATABASE_"
            : "TIEBREAK_DATABASE_OWNER_";
    return new Login(
        environment.getOrDefault(prefix + "USERNAME", ""),
        environment.getOrDefault(prefix + "PASSWORD", ""));
  }

  private static TestDatabase scratch(String server, Login login) {
    String name = "tiebreak_test_" + UUID.randomUUID().toString().replace("-", "");
    execute(server, login, "CREATE DATABASE " + name);
    return new TestDatabase(
        server.replaceFirst("^(jdbc:postgresql:(?://[^/?]*/)?)[^?]*", "$1" + name),
        login,
        () -> execute(server, login, "DROP DATABASE " + name + " WITH (FORCE)"));
  }

  private static void execute(String server, Login login, String sql) {
    try (Connection connection =
            DriverManager.getConnection(server, login.username(), login.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException exception) {
      throw new IllegalStateException(
          "The tests use the PostgreSQL that TIEBREAK_DATABASE_URL names, as user \""
              + login.username()
              + "\", who must be able to create databases and roles there; but \""
              + sql
              + "\" failed. Start it, grant that, or unset TIEBREAK_DATABASE_URL: the tests then"
              + " bring a PostgreSQL of their own.",
          exception);
    }
  }

  // "postgres" alone: Testcontainers would turn fsync off
  private static TestDatabase container() {
    try {
      pull();
      PostgreSQLContainer container = new PostgreSQLContainer(IMAGE).withCommand("postgres");
      container.start();
      return new TestDatabase(
          container.getJdbcUrl(),
          new Login(container.getUsername(), container.getPassword()),
          container::stop);
    } catch (InterruptedException | RuntimeException exception) {
      throw new IllegalStateException(
          "Docker is there, but the image "
              + IMAGE
              + " does not start in it. Pull it (docker pull "
              + IMAGE
              + "), name a PostgreSQL by TIEBREAK_DATABASE_URL, or stop Docker: the tests then"
              + " use the embedded PostgreSQL.",
          exception);
    }
  }

  // Testcontainers would try for seven minutes where no registry can be reached
  private static void pull() throws InterruptedException {
    DockerClient docker = DockerClientFactory.instance().client();
    if (docker.listImagesCmd().withImageNameFilter(IMAGE).exec().isEmpty()) {
      docker.pullImageCmd(IMAGE).start().awaitCompletion();
    }
  }

  private static TestDatabase embedded() {
    try {
      Path directory = Files.createTempDirectory("tiebreak-test");
      DataDirectory.allow(directory, DataDirectory.PASSABLE);
      EmbeddedPostgres server = EmbeddedPostgres.start(directory);
      return new TestDatabase(
          server.url(),
          server.owner(),
          () -> {
            server.close();
            FileSystemUtils.deleteRecursively(directory);
          });
    } catch (IOException exception) {
      throw new IllegalStateException(exception);
    }
  }
}
