package dev.tiebreak;

import java.util.Objects;
import java.util.Properties;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The test database as its owner, who may do what the service may not. */
public final class OwnerSql {

  private OwnerSql() {}

  /** Statements with a connection each. */
  public static JdbcClient of(Environment environment) {
    DriverManagerDataSource owner =
        new DriverManagerDataSource(
            property(environment, "url"),
            property(environment, "username"),
            property(environment, "password"));
    Properties allProjects = new Properties();
    allProjects.setProperty("options", "-c tiebreak.projects=*");
    owner.setConnectionProperties(allProjects);
    return JdbcClient.create(owner);
  }

  private static String property(Environment environment, String name) {
    return Objects.requireNonNull(environment.getProperty("tiebreak.database." + name));
  }
}
