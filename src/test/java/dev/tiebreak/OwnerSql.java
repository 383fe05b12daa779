package dev.tiebreak;

import java.util.Objects;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The test database as its owner, who may do what the service may not. */
public final class OwnerSql {

  private OwnerSql() {}

  /** Statements with a connection each. */
  public static JdbcClient of(Environment environment) {
    return JdbcClient.create(
        new DriverManagerDataSource(
            property(environment, "url"),
            property(environment, "username"),
            property(environment, "password")));
  }

  private static String property(Environment environment, String name) {
    return Objects.requireNonNull(environment.getProperty("tiebreak.database." + name));
  }
}
