package dev.tiebreak.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The PostgreSQL and the ways to it:
 *
 * <table>
 * <caption>Beans</caption>
 * <tr><td>{@code dataSource}</td><td>for requests; what JPA, {@code JdbcTemplate}, {@code
 *     JdbcClient} and {@code transactionManager} use</td></tr>
 * <tr><td>{@code roundDataSource}, {@code roundJdbcTemplate}, {@code roundJdbcClient}, {@code
 *     roundTransactionManager}</td><td>for rounds; injected only by their qualifier</td></tr>
 * </table>
 *
 * <p>Migrations log in as the owner, by themselves; their placeholder {@code ${service_user}} is
 * the user that the service logs in as. They see the rows of all projects.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
class DatabaseConfiguration {

  static final String ROUND_DATA_SOURCE = "roundDataSource";

  @Bean
  PostgresServer postgresServer(DatabaseProperties properties) {
    return properties.database().url().isBlank()
        ? EmbeddedPostgres.start(properties.directory())
        : ExternalPostgres.reach(properties.database());
  }

  @Bean
  ConnectionPools connectionPools(PostgresServer server, DatabaseProperties properties) {
    return new ConnectionPools(server, properties.database().idleInTransactionTimeout());
  }

  @Bean
  @Primary
  HikariDataSource dataSource(ConnectionPools pools, DatabaseProperties properties) {
    return pools.pool(
        "requests",
        properties.database().connections(),
        properties.database().statementTimeout(),
        properties.database().lockTimeout());
  }

  @Bean(defaultCandidate = false)
  @Qualifier(ROUND_DATA_SOURCE)
  HikariDataSource roundDataSource(ConnectionPools pools, DatabaseProperties properties) {
    return pools.pool(
        "rounds",
        properties.database().roundConnections(),
        properties.database().roundStatementTimeout(),
        Duration.ZERO);
  }

  @Bean
  LinkWatch linkWatch(PostgresServer server, ConnectionPools pools) {
    return new LinkWatch(server, pools);
  }

  @Bean(defaultCandidate = false)
  @Qualifier("roundJdbcTemplate")
  JdbcTemplate roundJdbcTemplate(@Qualifier(ROUND_DATA_SOURCE) DataSource dataSource) {
    return new JdbcTemplate(dataSource);
  }

  @Bean(defaultCandidate = false)
  @Qualifier("roundJdbcClient")
  JdbcClient roundJdbcClient(@Qualifier("roundJdbcTemplate") JdbcTemplate template) {
    return JdbcClient.create(template);
  }

  @Bean(defaultCandidate = false)
  @Qualifier("roundTransactionManager")
  PlatformTransactionManager roundTransactionManager(
      @Qualifier(ROUND_DATA_SOURCE) DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }

  @Bean
  FlywayConfigurationCustomizer migrationsAsOwner(PostgresServer server) {
    return configuration -> {
      Map<String, String> placeholders = new TreeMap<>(configuration.getPlaceholders());
      placeholders.put("service_user", server.service().username());
      configuration
          .dataSource(
              new SimpleDriverDataSource(
                  new Driver(), server.url(), DriverParameters.of(server.owner())))
          .placeholders(placeholders)
          .initSql(ProjectScope.TELL_ALL);
    };
  }
}
