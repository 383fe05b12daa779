package dev.tiebreak.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Questions that are asked often, or of each row of a project, look at few rows. */
@IntegrationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueuePlanIT {

  private final Http http;
  private final JdbcClient jdbc;
  private final AnnotatorLocks locks;
  private final TransactionTemplate transaction;
  private long project;

  QueuePlanIT(Http http, JdbcClient jdbc, AnnotatorLocks locks, TransactionTemplate transaction) {
    this.http = http;
    this.jdbc = jdbc;
    this.locks = locks;
    this.transaction = transaction;
  }

  /** Of tables of a page or two, any index would do. */
  @BeforeAll
  void fill() {
    TestProject.withResponses(http, "plans", 20, Map.of("batchSize", 10, "lowWater", 0));
    project =
        jdbc.sql("select project_id from project where slug = 'plans'").query(Long.class).single();
    jdbc.sql(
            """
            with pair as (
              select * from comparison where project_id = :project limit 1),
            given as (
              insert into lease (project_id, token, comparison_id, slot, annotator, left_response, right_response)
              select project_id, decode(md5(n::text), 'hex'), comparison_id, 1, 'a' || n, least, greatest
              from pair, generate_series(1, 5000) as n
              returning *)
            insert into verdict (project_id, comparison_id, lease, left_response, right_response, preference,
              annotator, outcome, counted)
            select project_id, comparison_id, lease, left_response, right_response, 'LEFT', annotator, 'LATE', false
            from given
            """)
        .param("project", project)
        .update();
    jdbc.sql(
            """
            with pairs as (
              insert into comparison (project_id, least, greatest)
              select a.project_id, a.ordinal, b.ordinal
              from response a
              join response b on b.project_id = a.project_id and b.ordinal > a.ordinal
              where a.project_id = :project
              on conflict do nothing
              returning *)
            insert into slot (project_id, comparison_id, slot, state, round, position)
            select project_id, comparison_id, n, 'RETIRED', 1, 1 from pairs, generate_series(1, 50) as n
            """)
        .param("project", project)
        .update();
  }

  private String plan(String query) {
    return jdbc
        .sql("explain " + query.formatted(project))
        .query((row, number) -> row.getString(1))
        .stream()
        .collect(Collectors.joining("\n"));
  }

  /** What PostgreSQL asks for each row that is removed, to keep the foreign keys. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slot       | comparison_id = 5               | slot_[a-z_]+",
        "lease      | comparison_id = 5 and slot = 1  | lease_by_slot",
        "verdict    | lease = 5                       | verdict_[a-z_]*lease",
        "verdict    | comparison_id = 5               | verdict_by_annotator",
        "verdict    | replaces = 5                    | verdict_replaced_once",
      })
  void removalLooksUpByTheWholeKey(String table, String condition, String index) {
    assertThat(plan("select 1 from " + table + " where project_id = %d and " + condition))
        .containsPattern("(using|Scan on) " + index + " ");
  }

  @Test
  void whatIsDueDoesNotReadVerdictsThatAFitHasSeen() {
    assertThat(plan("select refit_after from round_due where project_id = %d"))
        .containsPattern(
            "verdict_by_transaction .*\\n *Index Cond: .*transaction_id >= s.fit_floor")
        // the planner would else compare each verdict with all others where a project is far from
        // the average
        .doesNotContain("Anti Join");
  }

  @Test
  void leasesThatRunOrHaveRunOutAreFoundByTheirIndexes() {
    assertThat(
            plan(
                "select 1 from slot where project_id = %d and annotator = 'a' and is_live(state,"
                    + " expires_at)"))
        .containsPattern("slot_(leased|expiring)");
    assertThat(plan("select 1 from slot where project_id = %d and is_expired(state, expires_at)"))
        .containsPattern("slot_(leased|expiring)");
  }

  /** The planner would else look at all that is open, and sort it, to lease a few. */
  @Test
  void openSlotsAreLeasedInTheOrderOfTheirIndex() {
    String plan =
        transaction.execute(status -> {
          locks.lock(project, "a");
          return jdbc
              .sql("explain " + Slots.PICK)
              .param("project", project)
              .param("annotator", "a")
              .param("most", 10)
              .query((row, number) -> row.getString(1))
              .stream()
              .collect(Collectors.joining("\n"));
        });
    assertThat(plan).containsPattern("LockRows.*\\n *-> +Index Scan using slot_open on slot s ");
  }
}
