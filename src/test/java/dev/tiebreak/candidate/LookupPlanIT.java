package dev.tiebreak.candidate;

import static dev.tiebreak.candidate.Uploader.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A project that came after the last ANALYZE has no row that the planner knows of. It must not
 * think that it has next to none: then any index that begins with the project would do for a
 * look-up.
 */
@IntegrationTest
class LookupPlanIT {

  private final Http http;
  private final JdbcClient jdbc;
  private final JdbcTemplate template;

  LookupPlanIT(Http http, JdbcClient jdbc, JdbcTemplate template) {
    this.http = http;
    this.jdbc = jdbc;
    this.template = template;
  }

  private Uploader analysedProject(int responses) {
    Uploader project = Uploader.create(http, jdbc, 1);
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < responses; i++) {
      body.append(row("r" + i, "p" + i / 2, "[" + i + "]"));
    }
    project.lines(body.toString()).expect(200);
    template.execute((ConnectionCallback<Boolean>) LookupPlanIT::analyse);
    return project;
  }

  private static Boolean analyse(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute("reset role; analyze response; set role tiebreak_service");
    }
  }

  private String plan(String query) {
    return template.execute(
        (ConnectionCallback<String>)
            connection -> {
              StringBuilder plan = new StringBuilder();
              try (Statement statement = connection.createStatement();
                  ResultSet rows = statement.executeQuery("explain " + query)) {
                while (rows.next()) {
                  plan.append(rows.getString(1)).append('\n');
                }
              }
              return plan.toString();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "response_id = 'r1'   | response_id_unique",
        "prompt_id = 'p1'     | response_by_prompt",
        "ordinal = 1          | response_pkey",
      })
  void looksUpByTheWholeKeyInAProjectNewerThanTheStatistics(String condition, String index) {
    analysedProject(3000);
    assertThat(plan("select 1 from response where project_id = -1 and " + condition))
        .containsPattern("(using|Scan on) " + index + " ");
  }
}
