package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.OwnerSql;
import dev.tiebreak.RemoteProject;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is asked each second looks at few rows of a long log. */
@IntegrationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsightPlanIT {

  private final Http http;
  private final JdbcClient jdbc;
  private final LogTally tally;
  private final Environment environment;
  private long project;

  InsightPlanIT(Http http, JdbcClient jdbc, LogTally tally, Environment environment) {
    this.http = http;
    this.jdbc = jdbc;
    this.tally = tally;
    this.environment = environment;
  }

  /** Verdicts of last year, and many comparisons that wait for nothing. */
  @BeforeAll
  void fill() {
    RemoteProject remote =
        RemoteProject.create(http, "insight-plan", Map.of("dimension", 2, "pairing", "ANY"));
    remote.uploadRandom(5, 20, 1);
    project = remote.id(jdbc);
    // by the owner, whose statements may take their time
    OwnerSql.of(environment)
        .sql(
            """
            with pairs as (
              insert into comparison (project_id, least, greatest, imported)
              select a.project_id, a.ordinal, b.ordinal, 1
              from response a
              join response b on b.project_id = a.project_id and b.ordinal > a.ordinal
              where a.project_id = :project
              returning *),
            slots as (
              insert into slot (project_id, comparison_id, slot, state, round, position)
              select project_id, comparison_id, n, 'RETIRED', 1, 1 from pairs, generate_series(1, 5) as n)
            insert into verdict (project_id, comparison_id, left_response, right_response, preference,
              annotator, outcome, counted, recorded_at)
            select project_id, comparison_id, least, greatest, 'LEFT', 'a' || n, 'IMPORTED', true,
                   clock_timestamp() - interval '1 year'
            from pairs, generate_series(1, 8) as n
            """)
        .param("project", project)
        .update();
    tally.advance(project);
    // as the server does by itself when a table has grown
    OwnerSql.of(environment).sql("analyze verdict (recorded_at)").update();
  }

  private String plan(String query) {
    return jdbc
        .sql("explain " + query.replace(":project", Long.toString(project)).replace(":hours", "1"))
        .query((row, number) -> row.getString(1))
        .stream()
        .collect(Collectors.joining("\n"));
  }

  @Test
  void whatIsRecentIsFoundByItsTime() {
    // of a whole day, other tests may have made most of the log
    assertThat(plan(VerdictFigures.RECENT.replace("24 hours", "1 second")))
        .contains("verdict_by_time")
        .doesNotContain("verdict_by_transaction");
  }

  @Test
  void onlyVerdictsAfterTheMarkAreLookedAt() {
    assertThat(plan(LogTally.IS_BEHIND))
        .containsPattern("verdict_by_transaction .*\\n *Index Cond: .*transaction_id >= ")
        .containsPattern("comparison_pkey .*\\n *Index Cond: .*comparison_id > ");
  }

  @Test
  void onlyComparisonsThatWaitAreLookedAt() {
    assertThat(plan(ProgressReader.COMPARISONS))
        .containsPattern("slot_open .*\\n")
        .containsPattern("slot_(leased|expiring) .*\\n")
        .doesNotContain("Seq Scan on slot", "Seq Scan on comparison");
  }
}
