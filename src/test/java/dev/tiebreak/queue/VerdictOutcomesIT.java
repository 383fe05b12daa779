package dev.tiebreak.queue;

import static dev.tiebreak.queue.TestProject.expire;
import static dev.tiebreak.queue.TestProject.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every row of the contract's table of outcomes. */
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
            http, "outcomes-late-retired", 8, Map.of("leaseSeconds", 1, "batchSize", 1));
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
        TestProject.withResponses(http, "outcomes-given-back", 2, Map.of("overlap", 1));
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

  @Test
  void oneRequestMayAnswerReviseAndRepeat() {
    TestProject project = project("sequence", Map.of());
    String lease = project.lease("a");
    Answer answer =
        project.post(
            List.of(
                verdict(lease, "LEFT"),
                verdict(lease, "LEFT"),
                verdict(lease, "RIGHT"),
                verdict(lease, "SKIP"),
                verdict(lease, "TIE")));
    assertThat(answer.expect(200).json().path("results").valueStream().map(TestProject::words))
        .containsExactly(
            "COUNTED counted",
            "DUPLICATE counted",
            "REVISED counted",
            "REVISED",
            "REVISED counted");
  }

  @Test
  void whatIsRefusedAloneIsAResultInAnArray() {
    TestProject project = project("refused", Map.of());
    String lease = project.lease("a");
    String forged = lease.substring(0, lease.length() - 2) + (lease.endsWith("AA") ? "BA" : "AA");
    String elsewhere = "no-such-project" + lease.substring(lease.indexOf('.'));
    Map<String, Object> another =
        Map.of("lease", lease, "preference", "LEFT", "annotator", "somebody");
    for (String unknown : List.of("nonsense", forged, elsewhere)) {
      project.post(verdict(unknown, "LEFT")).expect(404, "lease-not-found");
    }
    project.post(another).expect(403, "another-annotator");
    JsonNode results =
        project
            .post(
                List.of(
                    verdict("nonsense", "LEFT"),
                    another,
                    Map.of("lease", lease, "preference", "LEFT", "annotator", "a"),
                    verdict(forged, "SKIP")))
            .expect(200)
            .json()
            .path("results");
    assertThat(results.valueStream().map(TestProject::words))
        .containsExactly("REFUSED", "REFUSED", "COUNTED counted", "REFUSED");
    assertThat(results.valueStream().map(result -> result.path("lease").asString()))
        .containsExactly("nonsense", lease, lease, forged);
    assertThat(results.path(0).path("verdict").isNull()).isTrue();
    assertThat(project.log()).hasSize(1);
  }

  @Test
  void oneMalformedVerdictRefusesThemAll() {
    TestProject project = project("malformed", Map.of());
    String lease = project.lease("a");
    Map<String, Object> good = verdict(lease, "LEFT");
    assertThat(project.post(List.of(good, verdict(lease, "PERHAPS"))).expect(422).pointers())
        .containsExactly("/1/preference");
    assertThat(project.post(List.of(good, Map.of("preference", "LEFT"))).expect(422).pointers())
        .containsExactly("/1/lease");
    project.post(List.of(good, 5)).expect(422, "invalid-input");
    project
        .post(List.of(good, Map.of("lease", lease, "preference", "LEFT", "mood", 1)))
        .expect(400, "unknown-field");
    assertThat(project.log()).isEmpty();
    assertThat(project.lease("a")).isEqualTo(lease);
  }

  @ParameterizedTest
  @CsvSource({
    "confidence, 1.1",
    "confidence, -0.1",
    "confidence, '\"much\"'",
    "durationMs, -1",
    "durationMs, 1.5",
    "durationMs, 9223372036854775808",
    "comment, 5",
    "comment, '\"\\u0000\"'",
    "comment, '\"\\ud800\"'",
    "annotator, '\"\"'",
    "annotator, '\"\\u0000\"'",
    "lease, null",
    "lease, 7",
    "preference, '\"left\"'",
    "preference, null",
  })
  void aFieldOutOfRangeIsNamed(String field, String value) {
    Map<String, String> fields = new HashMap<>(Map.of("lease", "\"x\"", "preference", "\"LEFT\""));
    fields.put(field, value);
    String body =
        fields.entrySet().stream()
            .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
            .collect(Collectors.joining(",", "{", "}"));
    assertThat(http.postJson("/verdicts", body).expect(422, "invalid-input").pointers())
        .containsExactly("/" + field);
  }

  @Test
  void anArrayHasOneToAThousandVerdictsAnsweredInTheirOrder() {
    TestProject project =
        TestProject.withResponses(
            http,
            "outcomes-array",
            50,
            Map.of("batchSize", 1200, "maxLeasesPerAnnotator", 1000, "leaseSeconds", 86400));
    project.post(List.of()).expect(422, "invalid-input");
    project.post(Collections.nCopies(1001, verdict("x", "LEFT"))).expect(422, "invalid-input");
    List<String> leases = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      project.items("a" + i, 100).forEach(item -> leases.add(item.path("lease").asString()));
    }
    assertThat(leases).hasSize(1000).doesNotHaveDuplicates();
    Collections.reverse(leases);
    JsonNode results =
        project
            .post(leases.stream().map(lease -> verdict(lease, "LEFT")).toList())
            .expect(200)
            .json()
            .path("results");
    assertThat(results.valueStream().map(result -> result.path("lease").asString()))
        .containsExactlyElementsOf(leases);
    assertThat(results.valueStream().map(TestProject::words)).containsOnly("COUNTED counted");
  }

  @Test
  void theLogTellsEveryFieldAsTheAnnotatorSawIt() {
    TestProject project = project("log", Map.of());
    JsonNode item = project.item("a");
    String lease = item.path("lease").asString();
    project
        .post(
            Map.of(
                "lease",
                lease,
                "preference",
                "BOTH_BAD",
                "confidence",
                0.25,
                "durationMs",
                1200,
                "comment",
                "neither \uD83D\uDE00",
                "annotator",
                "a"))
        .expect(200);
    JsonNode logged = project.log().getFirst();
    assertThat(logged.path("left")).isEqualTo(item.path("left").path("responseId"));
    assertThat(logged.path("right")).isEqualTo(item.path("right").path("responseId"));
    assertThat(logged.path("comparison")).isEqualTo(item.path("comparison"));
    assertThat(logged.path("preference").asString()).isEqualTo("BOTH_BAD");
    assertThat(logged.path("annotator").asString()).isEqualTo("a");
    assertThat(logged.path("outcome").asString()).isEqualTo("COUNTED");
    assertThat(logged.path("confidence").asDouble()).isEqualTo(0.25);
    assertThat(logged.path("durationMs").asLong()).isEqualTo(1200);
    assertThat(logged.path("comment").asString()).isEqualTo("neither \uD83D\uDE00");
    assertThat(logged.path("recordedAt").asString()).endsWith("Z");
    assertThat(logged.path("judgedAt").isNull()).isTrue();
  }

  @Test
  void theLogIsPagedInOrder() {
    TestProject project = project("paged", Map.of());
    for (JsonNode item : project.items("a", 5)) {
      project.judge(item.path("lease").asString(), "LEFT");
    }
    List<JsonNode> whole = project.log();
    List<JsonNode> paged = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page =
          http.get("/projects/outcomes-paged/verdicts?limit=2" + cursor).expect(200).json();
      page.path("items").forEach(paged::add);
      JsonNode next = page.path("nextCursor");
      assertThat(next.isNull() || next.asString().matches("[A-Za-z0-9_-]+")).isTrue();
      cursor = next.isNull() ? null : "&cursor=" + next.asString();
    }
    assertThat(paged).isEqualTo(whole).hasSize(5);
    assertThat(paged)
        .extracting(v -> v.path("verdict").asLong())
        .isSorted()
        .doesNotHaveDuplicates();
  }
}
