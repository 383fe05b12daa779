package dev.tiebreak.queue;

import static dev.tiebreak.queue.TestProject.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The rows of the contract's table of outcomes, but for late ones. */
@IntegrationTest
class VerdictOutcomesIT {

  private final Http http;

  VerdictOutcomesIT(Http http) {
    this.http = http;
  }

  private TestProject project(String name, Map<String, ?> settings) {
    return TestProject.withResponses(http, "outcomes-" + name, 8, settings);
  }

  /** One comparison only, with leases of a second. */
  private TestProject onePair(String name, int overlap) {
    return TestProject.withResponses(
        http, "outcomes-" + name, 2, Map.of("leaseSeconds", 1, "overlap", overlap));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LEFT", "RIGHT", "TIE", "BOTH_BAD"})
  void anAnswerUnderALiveLeaseCounts(String preference) {
    TestProject project = project("counted", Map.of());
    long before = project.counts().path("verdictsCounted").asLong();
    assertThat(project.judge(project.lease("a-" + preference), preference))
        .isEqualTo("COUNTED counted");
    assertThat(project.counts().path("verdictsCounted").asLong()).isEqualTo(before + 1);
  }

  @Test
  void aSkipFreesTheSlotForOthersAndIsNeverShownAgain() {
    TestProject project = onePair("skipped", 1);
    String lease = project.lease("a");
    assertThat(project.judge(lease, "SKIP")).isEqualTo("SKIPPED");
    assertThat(project.items("a", 10)).isEmpty();
    assertThat(project.reason("a", 10)).isEqualTo("ALREADY_ANSWERED_BY_ANNOTATOR");
    assertThat(project.judge(project.lease("b"), "LEFT")).isEqualTo("COUNTED counted");
  }

  @Test
  void theSameVerdictAgainWritesNothing() {
    TestProject project = project("duplicate", Map.of());
    String lease = project.lease("a");
    JsonNode first = project.result(lease, "LEFT");
    JsonNode again = project.result(lease, "LEFT");
    assertThat(TestProject.words(again)).isEqualTo("DUPLICATE counted");
    assertThat(again.path("verdict")).isEqualTo(first.path("verdict"));
    String skipped = project.lease("a");
    project.judge(skipped, "SKIP");
    assertThat(project.judge(skipped, "SKIP")).isEqualTo("DUPLICATE");
    assertThat(project.log()).hasSize(2);
  }

  @Test
  void aDuplicateIsTakenEvenAfterAFit() {
    TestProject project = project("duplicate-fitted", Map.of());
    String lease = project.lease("a");
    project.judge(lease, "LEFT");
    project.round();
    assertThat(project.judge(lease, "LEFT")).isEqualTo("DUPLICATE counted");
  }

  @Test
  void aRevisionReplacesTheAnswerAndTheLogKeepsBoth() {
    TestProject project = project("revised", Map.of());
    String lease = project.lease("a");
    long first = project.result(lease, "LEFT").path("verdict").asLong();
    JsonNode second = project.result(lease, "RIGHT");
    assertThat(TestProject.words(second)).isEqualTo("REVISED counted");
    assertThat(project.judge(lease, "RIGHT")).isEqualTo("DUPLICATE counted");
    assertThat(project.judge(lease, "TIE")).isEqualTo("REVISED counted");
    List<JsonNode> log = project.log();
    assertThat(log)
        .extracting(v -> v.path("counted").asBoolean())
        .containsExactly(false, false, true);
    assertThat(log.get(0).path("replaces").isNull()).isTrue();
    assertThat(log.get(1).path("replaces").asLong()).isEqualTo(first);
    assertThat(log.get(2).path("replaces").asLong()).isEqualTo(second.path("verdict").asLong());
    assertThat(project.counts().path("verdictsCounted").asLong()).isEqualTo(1);
  }

  @Test
  void anAnswerBecomesASkipAndFreesItsSlot() {
    TestProject project = onePair("to-skip", 1);
    String lease = project.lease("a");
    project.judge(lease, "LEFT");
    assertThat(project.judge(lease, "SKIP")).isEqualTo("REVISED");
    assertThat(project.counts().path("verdictsCounted").asLong()).isZero();
    assertThat(project.items("a", 1)).isEmpty();
    assertThat(project.judge(project.lease("b"), "LEFT")).isEqualTo("COUNTED counted");
    assertThat(project.judge(lease, "LEFT")).isEqualTo("REVISED");
    assertThat(project.counts().path("verdictsCounted").asLong()).isEqualTo(1);
  }

  @Test
  void aSkipBecomesAnAnswerWhereTheSlotIsStillFree() {
    TestProject project = onePair("from-skip", 1);
    String lease = project.lease("a");
    project.judge(lease, "SKIP");
    assertThat(project.judge(lease, "RIGHT")).isEqualTo("REVISED counted");
    assertThat(project.items("b", 1)).isEmpty();
  }

  @Test
  void aSkipBecomesAnAnswerEvenAfterAFitAsNoFitHasUsedIt() {
    TestProject project = onePair("from-skip-fitted", 1);
    String lease = project.lease("a");
    project.judge(lease, "SKIP");
    project.round();
    assertThat(project.judge(lease, "RIGHT")).isEqualTo("REVISED counted");
  }

  @Test
  void whatAFitHasUsedIsNoLongerRevised() {
    TestProject project = project("fitted", Map.of());
    String lease = project.lease("a");
    project.judge(lease, "LEFT");
    project.round();
    project.post(verdict(lease, "RIGHT")).expect(409, "verdict-fitted");
    project.post(verdict(lease, "SKIP")).expect(409, "verdict-fitted");
    JsonNode result =
        project.post(List.of(verdict(lease, "RIGHT"))).expect(200).json().path("results").path(0);
    assertThat(result.path("outcome").asString()).isEqualTo("REFUSED");
    assertThat(result.path("verdict").isNull()).isTrue();
    assertThat(result.path("detail").asString()).contains("fit");
    assertThat(project.log()).hasSize(1);
  }
}
