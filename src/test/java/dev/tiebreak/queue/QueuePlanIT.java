package dev.tiebreak.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.IntegrationTest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions that are asked often, or of each row of a project, look at few rows. */
@IntegrationTest
class QueuePlanIT {

  private final JdbcClient jdbc;

  QueuePlanIT(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private String plan(String query) {
    return jdbc.sql("explain " + query).query((row, number) -> row.getString(1)).stream()
        .collect(Collectors.joining("\n"));
  }

  /** What PostgreSQL asks for each row that is removed, to keep the foreign keys. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "comparison | least = 5                       | comparison_pair_unique",
        "comparison | greatest = 5                    | comparison_by_greatest",
        "slot       | comparison_id = 5               | slot_[a-z_]+",
        "lease      | comparison_id = 5 and slot = 1  | lease_by_slot",
        "verdict    | lease = 5                       | verdict_by_lease",
        "verdict    | comparison_id = 5               | verdict_by_annotator",
        "verdict    | replaces = 5                    | verdict_replaced_once",
        "selection  | comparison_id = 5               | selection_by_comparison",
      })
  void removalLooksUpByTheWholeKey(String table, String condition, String index) {
    assertThat(plan("select 1 from " + table + " where project_id = 7 and " + condition))
        .containsPattern("(using|Scan on) " + index + " ");
  }

  @Test
  void whatIsDueDoesNotReadVerdictsThatAFitHasSeen() {
    assertThat(plan("select refit_after from round_due where project_id = 7"))
        .containsPattern(
            "verdict_by_transaction .*\\n *Index Cond: .*transaction_id >= COALESCE\\(pg_snapshot_xmin");
  }

  @Test
  void leasesThatRunOrHaveRunOutAreFoundByTheirIndexes() {
    String mine = "select 1 from slot where project_id = 7 and annotator = 'a' and ";
    assertThat(plan(mine + "is_live(state, expires_at)")).containsPattern("slot_(leased|expiring)");
    String all = "select 1 from slot where project_id = 7 and ";
    assertThat(plan(all + "is_expired(state, expires_at)"))
        .containsPattern("slot_(leased|expiring)");
  }
}
