package dev.tiebreak.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.tiebreak.IntegrationTest;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
final class DatabaseConfigurationIT {

  private final JdbcClient requests;
  private final JdbcTemplate template;
  private final JdbcClient rounds;
  private final DataSource dataSource;
  private final DataSource roundDataSource;
  private final PlatformTransactionManager transactions;
  private final PlatformTransactionManager roundTransactions;
  private final EntityManager entities;
  private final PostgresServer server;

  @Autowired
  DatabaseConfigurationIT(
      JdbcClient requests,
      JdbcTemplate template,
      @Qualifier("roundJdbcClient") JdbcClient rounds,
      DataSource dataSource,
      @Qualifier("roundDataSource") DataSource roundDataSource,
      PlatformTransactionManager transactions,
      @Qualifier("roundTransactionManager") PlatformTransactionManager roundTransactions,
      EntityManager entities,
      PostgresServer server) {
    this.requests = requests;
    this.template = template;
    this.rounds = rounds;
    this.dataSource = dataSource;
    this.roundDataSource = roundDataSource;
    this.transactions = transactions;
    this.roundTransactions = roundTransactions;
    this.entities = entities;
    this.server = server;
  }

  @Test
  void worksAsTheServiceRoleInBothPools() {
    assertThat(one(requests, "SELECT current_user")).isEqualTo("tiebreak_service");
    assertThat(one(rounds, "SELECT current_user")).isEqualTo("tiebreak_service");
  }

  @Test
  void limitsStatementsAndIdleTransactions() {
    assertThat(one(requests, "SHOW statement_timeout")).isEqualTo("30s");
    assertThat(one(rounds, "SHOW statement_timeout")).isEqualTo("10min");
    assertThat(one(requests, "SHOW lock_timeout")).isEqualTo("10s");
    assertThat(one(rounds, "SHOW lock_timeout")).isEqualTo("0");
    assertThat(one(requests, "SHOW idle_in_transaction_session_timeout")).isEqualTo("8s");
    assertThat(one(requests, "SHOW application_name")).isEqualTo("tiebreak");
  }

  @Test
  void givesRoundsConnectionsOfTheirOwn() {
    assertThat(((HikariDataSource) dataSource).getPoolName()).isEqualTo("requests");
    assertThat(((HikariDataSource) roundDataSource).getPoolName()).isEqualTo("rounds");
    assertThat(template.getDataSource()).isSameAs(dataSource);
  }

  @Test
  void letsEntitiesAndStatementsShareARequestsTransaction() {
    Integer pair =
        new TransactionTemplate(transactions)
            .execute(status -> {
              Integer entity =
                  (Integer)
                      entities
                          .createNativeQuery("SELECT pg_backend_pid()", Integer.class)
                          .getSingleResult();
              Integer statement = template.queryForObject("SELECT pg_backend_pid()", Integer.class);
              assertThat(statement).isEqualTo(entity);
              return statement;
            });
    assertThat(pair).isNotNull();
  }

  @Test
  void keepsARoundsStatementsInItsOwnTransaction() {
    new TransactionTemplate(roundTransactions)
        .executeWithoutResult(status ->
            assertThat(one(rounds, "SELECT pg_current_xact_id()::text"))
                .isEqualTo(one(rounds, "SELECT pg_current_xact_id()::text")));
  }

  @Test
  void raisesTheLimitsOfOneTransactionOnly() throws Exception {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      TransactionLimits.raise(connection, Duration.ofMinutes(20));
      assertThat(show(connection, "statement_timeout")).isEqualTo("20min");
      assertThat(connection.getNetworkTimeout()).isEqualTo(1_210_000);
      connection.rollback();
      assertThat(show(connection, "statement_timeout")).isEqualTo("30s");
    }
    try (Connection connection = dataSource.getConnection()) {
      assertThat(connection.getNetworkTimeout()).isEqualTo(40_000);
    }
  }

  @Test
  void saysThatTheServerRefusesTheUser() {
    String url = server.url();
    assertThatThrownBy(() -> reach(url, "nobody_by_this_name", "wrong"))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("refuses user nobody_by_this_name")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void saysThatThereIsNoSuchDatabase() {
    String url = server.url().replaceFirst("/[^/?]*([?].*)?$", "/nothing_by_this_name$1");
    Login login = server.service();
    assertThatThrownBy(() -> reach(url, login.username(), login.password()))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("has no such database");
  }

  private static ExternalPostgres reach(String url, String username, String password) {
    Duration second = Duration.ofSeconds(1);
    return ExternalPostgres.reach(
        new DatabaseProperties.Database(
            url, username, password, "", "", Duration.ZERO, 1, second, second, 1, second, second));
  }

  private static String show(Connection connection, String setting) throws Exception {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  private static String one(JdbcClient client, String sql) {
    return client.sql(sql).query(String.class).single();
  }
}
