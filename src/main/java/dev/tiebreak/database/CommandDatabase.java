package dev.tiebreak.database;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The service's database for a command in the same jar, which may run beside the service: the one
 * that is named, else the embedded one, which is joined where it runs and else started for as long
 * as the command takes.
 */
public final class CommandDatabase {

  private static final String NAME = "tiebreak";

  /** The database can't be used; the message says why, and what to do. */
  public static final class Unusable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private Unusable(DatabaseFailure cause) {
      super(cause.getMessage() + " " + cause.action(), cause);
    }
  }

  private CommandDatabase() {}

  /**
   * Does something with the database, under the role that the service works under.
   *
   * @throws Unusable where it can't be used
   */
  public static <T> T use(Environment environment, Function<JdbcClient, T> work) {
    DatabaseProperties properties =
        Binder.get(environment).bindOrCreate(NAME, DatabaseProperties.class);
    try (PostgresServer server = open(properties)) {
      migrate(server);
      try (HikariDataSource pool =
          new ConnectionPools(server, properties.database().idleInTransactionTimeout())
              .pool(
                  "command",
                  1,
                  properties.database().statementTimeout(),
                  properties.database().lockTimeout())) {
        return ProjectScope.all().call(() -> work.apply(JdbcClient.create(pool)));
      }
    } catch (DatabaseFailure failure) {
      throw new Unusable(failure);
    }
  }

  private static PostgresServer open(DatabaseProperties properties) {
    if (!properties.database().url().isBlank()) {
      return ExternalPostgres.reach(properties.database());
    }
    Path directory = properties.directory();
    return JoinedPostgres.find(directory)
        .<PostgresServer>map(joined -> joined)
        .orElseGet(() -> EmbeddedPostgres.start(directory));
  }

  /** The command may come before the service's first start. */
  private static void migrate(PostgresServer server) {
    Flyway.configure()
        .dataSource(server.url(), server.owner().username(), server.owner().password())
        .locations("classpath:db/migration")
        .validateMigrationNaming(true)
        .placeholders(Map.of("service_user", server.service().username()))
        .initSql(ProjectScope.TELL_ALL)
        .load()
        .migrate();
  }
}
