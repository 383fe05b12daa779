package dev.tiebreak.queue;

import static dev.tiebreak.queue.TestProject.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@IntegrationTest
class VerdictImportIT {

  private final Http http;

  VerdictImportIT(Http http) {
    this.http = http;
  }

  private TestProject project(String name, Map<String, ?> settings) {
    TestProject project = TestProject.create(http, "import-" + name, settings);
    project.upload(4);
    return project;
  }

  private static String tally(Answer answer) {
    JsonNode json = answer.expect(200).json();
    return json.path("received").asLong()
        + " received, "
        + json.path("counted").asLong()
        + " counted, "
        + json.path("unchanged").asLong()
        + " unchanged";
  }

  @Test
  void judgementsCountOnceHoweverOftenTheyAreSentAndFromWhicheverSide() {
    TestProject project = project("repeat", Map.of());
    String[] rows = {
      row("r0", "r1", "LEFT", "a"),
      row("r1", "r2", "TIE", "a"),
      row("r2", "r3", "BOTH_BAD", "a"),
      row("r0", "r3", "SKIP", "a"),
      row("r0", "r1", "RIGHT", "b")
    };
    assertThat(tally(project.importLines(rows))).isEqualTo("5 received, 4 counted, 0 unchanged");
    assertThat(tally(project.importLines(rows))).isEqualTo("5 received, 0 counted, 5 unchanged");
    assertThat(
            tally(
                project.importLines(
                    row("r1", "r0", "RIGHT", "a"),
                    row("r2", "r1", "TIE", "a"),
                    row("r0", "r2", "LEFT", "a"),
                    row("r2", "r0", "RIGHT", "a"))))
        .isEqualTo("4 received, 1 counted, 3 unchanged");
    assertThat(project.counts().path("verdictsCounted").asLong()).isEqualTo(5);
    JsonNode first = project.log().getFirst();
    assertThat(first.path("outcome").asString()).isEqualTo("IMPORTED");
    assertThat(first.path("left").asString()).isEqualTo("r0");
    assertThat(tally(project.importLines("\n"))).isEqualTo("0 received, 0 counted, 0 unchanged");
  }

  @Test
  void jsonIsTakenLikeLinesAndKeepsTheTimeOfJudgement() {
    TestProject project = project("json", Map.of());
    String body =
        "{\"verdicts\":[{\"left\":\"r0\",\"right\":\"r1\",\"preference\":\"LEFT\",\"annotator\":\"a\","
            + "\"judgedAt\":\"2025-01-31T14:00:00+02:00\"}]}";
    assertThat(tally(http.postJson("/projects/import-json/verdicts", body)))
        .isEqualTo("1 received, 1 counted, 0 unchanged");
    assertThat(project.log().getFirst().path("judgedAt").asString())
        .isEqualTo("2025-01-31T12:00:00Z");
  }

  @Test
  void aContradictionNamesItsRowAndNothingIsStored() {
    TestProject project = project("contradiction", Map.of());
    project.importLines(row("r0", "r1", "LEFT", "a")).expect(200);
    assertThat(
            project
                .importLines(row("r2", "r3", "LEFT", "a"), row("r1", "r0", "LEFT", "a"))
                .expect(422, "invalid-input")
                .pointers())
        .containsExactly("/1/preference");
    Answer inBody =
        project.importLines(
            row("r2", "r3", "LEFT", "b"),
            row("r0", "r2", "LEFT", "b"),
            row("r2", "r3", "TIE", "b"));
    assertThat(inBody.expect(422).pointers()).containsExactly("/2/preference");
    assertThat(inBody.text()).contains("row 1");
    assertThat(project.log()).hasSize(1);
    assertThat(project.counts().path("verdicts").asLong()).isEqualTo(1);
  }

  @Test
  void whatAnAnnotatorAnsweredHereIsNotContradicted() {
    TestProject project = TestProject.withResponses(http, "import-answered", 2, Map.of());
    JsonNode item = project.item("a");
    project.judge(item.path("lease").asString(), "LEFT");
    String left = item.path("left").path("responseId").asString();
    String right = item.path("right").path("responseId").asString();
    project.importLines(row(left, right, "RIGHT", "a")).expect(422, "invalid-input");
    assertThat(tally(project.importLines(row(right, left, "RIGHT", "a"))))
        .isEqualTo("1 received, 0 counted, 1 unchanged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"left\":\"r0\",\"right\":\"nobody\",\"preference\":\"LEFT\",\"annotator\":\"a\"}",
        "{\"left\":\"r0\",\"right\":\"r0\",\"preference\":\"LEFT\",\"annotator\":\"a\"}",
        "{\"left\":\"r0\",\"right\":\"\\u0000\",\"preference\":\"LEFT\",\"annotator\":\"a\"}",
        "{\"left\":\"r0\",\"right\":\"r1\",\"preference\":\"A\",\"annotator\":\"a\"}",
        "{\"left\":\"r0\",\"right\":\"r1\",\"preference\":\"LEFT\"}",
        "{\"left\":\"r0\",\"right\":\"r1\",\"preference\":\"LEFT\",\"annotator\":\"\\ud800\"}",
        "{\"left\":\"r0\",\"right\":\"r1\",\"preference\":\"LEFT\",\"annotator\":\"\"}",
        "{\"left\":\"r0\",\"right\":\"r1\",\"preference\":\"LEFT\",\"annotator\":\"a\",\"x\":1}",
        "{\"left\":\"r0\",\"right\":\"r1\",\"preference\":\"LEFT\",\"annotator\":\"a\",\"judgedAt\":5}",
        "[]",
        "7"
      })
  void oneBadRowRefusesAllTheGoodOnes(String bad) {
    TestProject project = project("bad", Map.of());
    Answer answer = project.importLines(row("r0", "r1", "LEFT", "a"), bad);
    assertThat(answer.expect(422, "invalid-input").pointers())
        .isNotEmpty()
        .allMatch(pointer -> pointer.startsWith("/1"));
    assertThat(project.log()).isEmpty();
  }

  @Test
  void whatIsNoJsonIsMalformed() {
    TestProject project = project("malformed", Map.of());
    project.importLines(row("r0", "r1", "LEFT", "a"), "{\"left\":").expect(400, "malformed-body");
    http.postJson("/projects/import-malformed/verdicts", "[]").expect(400, "malformed-body");
    http.postJson("/projects/import-malformed/verdicts", "{\"rows\":[]}")
        .expect(400, "unknown-field");
    http.post("/projects/import-nowhere/verdicts", "application/x-ndjson", "{}")
        .expect(404, "project-not-found");
    assertThat(project.log()).isEmpty();
  }

  @Test
  void anImportClosesWhatIsOpenAndMayExceedTheOverlap() {
    TestProject project = TestProject.withResponses(http, "import-closes", 2, Map.of());
    assertThat(project.counts().path("comparisonsOpen").asLong()).isEqualTo(1);
    assertThat(
            tally(
                project.importLines(
                    row("r0", "r1", "LEFT", "x"),
                    row("r0", "r1", "LEFT", "y"),
                    row("r0", "r1", "RIGHT", "z"))))
        .isEqualTo("3 received, 3 counted, 0 unchanged");
    assertThat(project.items("a", 1)).isEmpty();
    assertThat(project.counts().path("comparisonsAnswered").asLong()).isEqualTo(1);
    project.round();
    assertThat(project.items("a", 1)).isEmpty();
  }

  @Test
  void aSkipThatIsImportedClosesNothing() {
    TestProject project = TestProject.withResponses(http, "import-skip", 2, Map.of());
    project.importLines(row("r0", "r1", "SKIP", "x")).expect(200);
    assertThat(project.items("x", 1)).isEmpty();
    assertThat(project.items("a", 1)).hasSize(1);
  }

  @Test
  void anImportOfWhatItsAnnotatorHoldsEndsTheLease() {
    TestProject project = TestProject.withResponses(http, "import-held", 2, Map.of("overlap", 2));
    String lease = project.lease("a");
    project.importLines(row("r0", "r1", "LEFT", "a")).expect(200);
    assertThat(project.items("a", 1)).isEmpty();
    assertThat(project.judge(lease, "TIE")).isEqualTo("LATE");
    assertThat(project.counts().path("verdictsCounted").asLong()).isEqualTo(1);
    assertThat(project.items("b", 1)).hasSize(1);
    assertThat(project.items("c", 1)).isEmpty();
  }

  @Test
  void whatIsGivenBackAfterAnImportIsNotOfferedAgain() {
    TestProject project = TestProject.withResponses(http, "import-leased", 2, Map.of());
    String lease = project.lease("a");
    project.importLines(row("r0", "r1", "LEFT", "x")).expect(200);
    http.delete("/leases/" + lease).expect(204);
    assertThat(project.items("b", 1)).isEmpty();
    assertThat(project.counts().path("comparisonsAnswered").asLong()).isEqualTo(1);
  }

  @Test
  void importsCountTowardsTheNextRound() {
    TestProject project = project("refit", Map.of("refitAfter", 3));
    project
        .importLines(
            row("r0", "r1", "LEFT", "a"), row("r0", "r2", "SKIP", "a"), row("r1", "r3", "TIE", "a"))
        .expect(200);
    assertThat(project.reason("b", 1)).isEqualTo("NOTHING_SELECTED");
    project.importLines(row("r2", "r3", "LEFT", "a")).expect(200);
    List<JsonNode> items =
        http.get("/next-batch?project=import-refit&annotator=b", "Prefer", "wait=30")
            .expect(200)
            .json()
            .path("items")
            .valueStream()
            .toList();
    assertThat(items).hasSize(3);
    assertThat(http.get("/projects/import-refit/model").json().path("verdicts").asLong())
        .isEqualTo(3);
  }
}
