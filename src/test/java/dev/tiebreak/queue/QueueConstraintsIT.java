package dev.tiebreak.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What the database holds whatever the service does, tried in the service's own role. */
@IntegrationTest
class QueueConstraintsIT {

  private final Http http;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  QueueConstraintsIT(Http http, JdbcClient jdbc, TransactionTemplate transaction) {
    this.http = http;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** One comparison of two slots: the first answered by a, the second leased by b. */
  private long project() {
    TestProject project = TestProject.withResponses(http, "constraints", 2, Map.of("overlap", 2));
    if (project.log().isEmpty()) {
      project.judge(project.lease("a"), "LEFT");
      project.lease("b");
    }
    return jdbc.sql("select project_id from project where slug = 'constraints'")
        .query(Long.class)
        .single();
  }

  private void refused(String sql, String why) {
    long project = project();
    assertThatThrownBy(() ->
            transaction.executeWithoutResult(status -> {
              status.setRollbackOnly();
              jdbc.sql(sql).param("p", project).update();
            }))
        .rootCause()
        .hasMessageContaining(why);
  }

  @Test
  void theServiceWorksInItsOwnRole() {
    assertThat(jdbc.sql("select current_user").query(String.class).single())
        .isEqualTo("tiebreak_service");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update verdict set counted = false where project_id = :p",
        "delete from verdict where project_id = :p",
        "update lease set annotator = 'x' where project_id = :p",
        "delete from lease where project_id = :p",
        "delete from slot where project_id = :p",
        "delete from comparison where project_id = :p",
        "delete from response where project_id = :p",
        "delete from project where project_id = :p"
      })
  void nothingIsRemovedAndTheLogsAreNeverChanged(String sql) {
    refused(sql, "permission denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"verdict", "lease", "slot"})
  void nothingIsTruncated(String table) {
    assertThatThrownBy(() -> jdbc.sql("truncate " + table + " cascade").update())
        .rootCause()
        .hasMessageContaining("permission denied");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          slot_annotator_unique    | update slot set annotator = 'a' where project_id = :p and slot = 2
          slot_unique              | insert into slot select project_id, comparison_id, slot, 'OPEN', round, position from slot where project_id = :p
          slot_number_range        | update slot set slot = 101 where project_id = :p and slot = 2
          slot_state_known         | update slot set state = 'LOST', annotator = null, lease = null, expires_at = null where project_id = :p
          slot_leased_by_someone   | update slot set annotator = null where project_id = :p and state = 'LEASED'
          slot_leased_by_someone   | update slot set expires_at = null where project_id = :p and state = 'LEASED'
          slot_leased_by_someone   | update slot set lease = null where project_id = :p and state = 'LEASED'
          slot_leased_by_someone   | update slot set annotator = null where project_id = :p and state = 'ANSWERED'
          slot_leased_by_someone   | update slot set expires_at = now() where project_id = :p and state = 'ANSWERED'
          slot_leased_by_someone   | update slot set state = 'OPEN' where project_id = :p and state = 'LEASED'
          slot_leased_by_someone   | update slot set state = 'RETIRED' where project_id = :p and state = 'ANSWERED'
          comparison_pair_unique   | insert into comparison (project_id, least, greatest) select project_id, least, greatest from comparison where project_id = :p
          comparison_pair_ordered  | insert into comparison (project_id, least, greatest) select project_id, greatest, least from comparison where project_id = :p
          verdict_first_of_lease   | insert into verdict (project_id, comparison_id, lease, left_response, right_response, preference, annotator, outcome, counted) select project_id, comparison_id, lease, left_response, right_response, 'LEFT', annotator, 'LATE', true from verdict where project_id = :p
          verdict_skip_not_counted | insert into verdict (project_id, comparison_id, lease, left_response, right_response, preference, annotator, outcome, counted) select project_id, comparison_id, lease, left_response, right_response, 'SKIP', annotator, 'LATE', true from verdict where project_id = :p
          verdict_revised_replaces | insert into verdict (project_id, comparison_id, lease, left_response, right_response, preference, annotator, outcome, counted) select project_id, comparison_id, lease, left_response, right_response, 'LEFT', annotator, 'REVISED', true from verdict where project_id = :p
          lease_token_128_bits     | insert into lease (project_id, token, comparison_id, slot, annotator, left_response, right_response) select project_id, 'x', comparison_id, slot, annotator, left_response, right_response from lease where project_id = :p
          """)
  void aConstraintBites(String constraint, String sql) {
    refused(sql, constraint);
  }
}
