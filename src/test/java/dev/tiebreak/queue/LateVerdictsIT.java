package dev.tiebreak.queue;

import static dev.tiebreak.queue.TestProject.expire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Verdicts whose lease has ended. */
@IntegrationTest
class LateVerdictsIT {

  private final Http http;
  private final JdbcClient jdbc;

  LateVerdictsIT(Http http, JdbcClient jdbc) {
    this.http = http;
    this.jdbc = jdbc;
  }

  /** One comparison only, with leases of a second. */
  private TestProject onePair(String name, int overlap) {
    return TestProject.withResponses(
        http, "late-verdicts-" + name, 2, Map.of("leaseSeconds", 1, "overlap", overlap));
  }

  @Test
  void aLateVerdictCountsWhereTheSlotIsFree() throws InterruptedException {
    TestProject project = onePair("late-free", 1);
    String lease = project.lease("a");
    expire();
    assertThat(project.judge(lease, "LEFT")).isEqualTo("LATE counted");
    assertThat(project.judge(lease, "LEFT")).isEqualTo("DUPLICATE counted");
    assertThat(project.items("b", 1)).isEmpty();
    assertThat(project.judge(lease, "RIGHT")).isEqualTo("REVISED counted");
  }

  @Test
  void aLateVerdictIsOnlyRecordedWhereAnotherHasTheLease() throws InterruptedException {
    TestProject project = onePair("late-leased", 1);
    String lease = project.lease("a");
    expire();
    String other = project.lease("b");
    assertThat(project.judge(lease, "LEFT")).isEqualTo("LATE");
    assertThat(project.judge(other, "RIGHT")).isEqualTo("COUNTED counted");
    assertThat(project.log()).hasSize(2);
  }

  @Test
  void aLateVerdictIsOnlyRecordedWhereItIsAnswered() throws InterruptedException {
    TestProject project = onePair("late-answered", 1);
    String lease = project.lease("a");
    expire();
    project.judge(project.lease("b"), "LEFT");
    assertThat(project.judge(lease, "LEFT")).isEqualTo("LATE");
    assertThat(project.counts().path("verdictsCounted").asLong()).isEqualTo(1);
  }

  @Test
  void aLateVerdictCountsOnARetiredComparison() throws InterruptedException {
    TestProject project =
        TestProject.withResponses(
            http, "late-verdicts-late-retired", 8, Map.of("leaseSeconds", 1, "batchSize", 1));
    JsonNode item = project.item("a");
    expire();
    project.round();
    assertThat(project.judge(item.path("lease").asString(), "LEFT")).isEqualTo("LATE counted");
    assertThat(project.counts().path("comparisonsAnswered").asLong()).isEqualTo(1);
    project.set(Map.of("leaseSeconds", 60, "batchSize", 100));
    project.round();
    assertThat(project.items("b", 100))
        .hasSize(27)
        .noneMatch(other -> other.path("comparison").equals(item.path("comparison")));
  }

  @Test
  void aLateVerdictTakesTheAnnotatorsOwnNewerLease() throws InterruptedException {
    TestProject project = onePair("late-own", 1);
    String older = project.lease("a");
    expire();
    String newer = project.lease("a");
    assertThat(newer).isNotEqualTo(older);
    assertThat(project.judge(older, "LEFT")).isEqualTo("LATE counted");
    assertThat(project.judge(newer, "RIGHT")).isEqualTo("LATE");
    assertThat(project.judge(newer, "TIE")).isEqualTo("REVISED");
    assertThat(project.counts().path("verdictsCounted").asLong()).isEqualTo(1);
  }

  @Test
  void aLateSkipGivesUpTheAnnotatorsOwnNewerLease() throws InterruptedException {
    TestProject project = onePair("late-skip", 1);
    String older = project.lease("a");
    expire();
    project.lease("a");
    assertThat(project.judge(older, "SKIP")).isEqualTo("LATE");
    assertThat(project.items("a", 1)).isEmpty();
    assertThat(project.items("b", 1)).hasSize(1);
  }

  @Test
  void aVerdictAfterGivingBackIsLateAndCountsWhereTheSlotIsFree() {
    TestProject project =
        TestProject.withResponses(http, "late-verdicts-given-back", 2, Map.of("overlap", 1));
    String lease = project.lease("a");
    http.delete("/leases/" + lease).expect(204);
    assertThat(project.judge(lease, "LEFT")).isEqualTo("LATE counted");
  }

  @Test
  void nobodyCountsTwiceOnAComparisonOfSeveralSlots() throws InterruptedException {
    TestProject project = onePair("late-overlap", 2);
    String first = project.lease("a");
    expire();
    String second = project.lease("a");
    assertThat(project.judge(second, "LEFT")).isEqualTo("COUNTED counted");
    assertThat(project.judge(first, "LEFT")).isEqualTo("LATE");
    assertThat(project.judge(project.lease("b"), "LEFT")).isEqualTo("COUNTED counted");
    assertThat(project.items("c", 1)).isEmpty();
  }

  /** As when an import is stored while a lease is given, so that neither sees the other. */
  @Test
  void anAnswerAfterTheAnnotatorsOwnImportedJudgementDoesNotCount() {
    TestProject project =
        TestProject.withResponses(http, "late-verdicts-imported", 2, Map.of("overlap", 2));
    JsonNode item = project.item("a");
    jdbc.sql(
            """
            with judged as (
              insert into verdict (project_id, comparison_id, left_response, right_response, preference,
                annotator, outcome, counted)
              select project_id, comparison_id, least, greatest, 'LEFT', 'a', 'IMPORTED', true
              from comparison
              where comparison_id = ?
              returning project_id, comparison_id)
            update comparison c
            set imported = 1
            from judged j
            where c.project_id = j.project_id and c.comparison_id = j.comparison_id
            """)
        .param(item.path("comparison").asLong())
        .update();
    assertThat(project.judge(item.path("lease").asString(), "RIGHT")).isEqualTo("LATE");
    assertThat(project.counts().path("verdictsCounted").asLong()).isEqualTo(1);
  }
}
