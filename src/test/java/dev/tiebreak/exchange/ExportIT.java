package dev.tiebreak.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Training sets for TRL. */
@IntegrationTest
class ExportIT {

  private static final String PROMPT = "Qu’est-ce que « 素数 » ?\n\u2028Second line 🙂";

  private final Http http;

  ExportIT(Http http) {
    this.http = http;
  }

  @Test
  void hasChosenAndRejectedTextsOfWhatCounts() {
    RemoteProject project = project();
    project.judge(
        List.of(
            RemoteProject.judgement("a1", "a2", "LEFT", "x"),
            RemoteProject.judgement("b1", "a1", "RIGHT", "x"),
            RemoteProject.judgement("b1", "b2", "TIE", "x"),
            RemoteProject.judgement("b2", "b1", "SKIP", "y"),
            RemoteProject.judgement("b1", "b2", "BOTH_BAD", "z"),
            RemoteProject.judgement("b1", "b2", "RIGHT", "w")));
    List<JsonNode> before = lines(project, "trl");
    assertThat(before).hasSize(2);
    assertThat(before.getFirst().path("margin").asDouble()).as("no fit yet").isZero();
    project.refit();
    List<JsonNode> lines = lines(project, "trl");
    assertThat(lines.get(0).path("prompt").asString()).isEqualTo(PROMPT);
    assertThat(lines.get(0).path("chosen").asString()).isEqualTo("first \"answer\"\t\\");
    assertThat(lines.get(0).path("rejected").asString()).as("not uploaded: its id").isEqualTo("a2");
    assertThat(lines.get(1).path("prompt").asString()).as("not uploaded: its id").isEqualTo("b");
    assertThat(lines.get(1).path("chosen").asString()).isEqualTo("b2");
    assertThat(lines.get(0).path("margin").asDouble())
        .isCloseTo(reward(project, "a1") - reward(project, "a2"), within(1e-9));
    List<JsonNode> implicit = lines(project, "trl-implicit");
    assertThat(implicit).hasSize(3);
    JsonNode cross = implicit.get(1);
    assertThat(cross.path("chosen").valueStream().map(m -> m.path("role").asString()))
        .containsExactly("user", "assistant");
    assertThat(cross.path("chosen").path(0).path("content").asString()).isEqualTo(PROMPT);
    assertThat(cross.path("rejected").path(0).path("content").asString()).isEqualTo("b");
    assertThat(cross.path("rejected").path(1).path("content").asString()).isEqualTo("b1");
    assertThat(cross.path("margin").asDouble())
        .isCloseTo(reward(project, "a1") - reward(project, "b1"), within(1e-9));
  }

  @Test
  void hasOnlyTheNewestOfARevisedVerdict() {
    RemoteProject project = project();
    project.refit();
    List<JsonNode> items = project.next("ann", 3);
    assertThat(items).hasSize(3);
    assertThat(project.answer(items.get(0), "LEFT")).isEqualTo("COUNTED");
    assertThat(project.answer(items.get(0), "RIGHT")).isEqualTo("REVISED");
    assertThat(project.answer(items.get(1), "LEFT")).isEqualTo("COUNTED");
    assertThat(project.answer(items.get(1), "SKIP")).isEqualTo("REVISED");
    List<JsonNode> lines = lines(project, "trl-implicit");
    assertThat(lines).hasSize(1);
    JsonNode right = items.get(0).path("right");
    String text = right.path("response").asString("");
    assertThat(lines.getFirst().path("chosen").path(1).path("content").asString())
        .isEqualTo(text.isEmpty() ? right.path("responseId").asString() : text);
  }

  @Test
  void hasThousandsOfVerdictsInTheOrderOfTheLog() {
    RemoteProject project =
        RemoteProject.create(http, "export", Map.of("dimension", 2, "batchSize", 1));
    project.uploadRandom(1, 50, 5);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int a = 0; a < 50; a++) {
      for (int b = 0; b < a; b++) {
        rows.add(RemoteProject.judgement("r" + a, "r" + b, (a + b) % 7 == 0 ? "TIE" : "LEFT", "x"));
      }
    }
    project.judge(rows.subList(0, 500));
    project.judge(rows.subList(500, 1000));
    project.judge(rows.subList(1000, rows.size()));
    project.refit();
    List<String> expected =
        rows.stream()
            .filter(row -> "LEFT".equals(row.get("preference")))
            .map(row -> row.get("left") + " " + row.get("right"))
            .toList();
    assertThat(
            lines(project, "trl").stream()
                .map(l -> l.path("chosen").asString() + " " + l.path("rejected").asString()))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void isEmptyWithoutVerdictsAndRefusesWhatItDoesNotKnow() {
    RemoteProject project = project();
    Answer empty = http.get(project.path("/export?format=trl")).expect(200);
    assertThat(empty.body()).isEmpty();
    assertThat(empty.header("Content-Type")).startsWith("application/x-ndjson");
    assertThat(empty.header("Content-Disposition")).contains(project.slug() + "-trl.jsonl");
    for (String query : List.of("", "?format=", "?format=TRL", "?format=xml")) {
      http.get(project.path("/export" + query)).expect(422, "invalid-input");
    }
    http.get("/projects/no-such-project/export?format=trl").expect(404, "project-not-found");
    http.get(project.path("/export?format=trl"), "Accept", "application/xml")
        .expect(406, "not-acceptable");
  }

  private double reward(RemoteProject project, String response) {
    return http.get(project.path("/rewards"))
        .json()
        .path("items")
        .valueStream()
        .filter(r -> r.path("responseId").asString().equals(response))
        .mapToDouble(r -> r.path("reward").asDouble())
        .sum();
  }

  private List<JsonNode> lines(RemoteProject project, String format) {
    return http.get(project.path("/export?format=" + format)).expect(200).lines();
  }

  private RemoteProject project() {
    RemoteProject project =
        RemoteProject.create(
            http, "export", Map.of("dimension", 2, "batchSize", 10, "pairing", "ANY"));
    project.upload(
        List.of(
            Map.of(
                "promptId",
                "a",
                "responseId",
                "a1",
                "prompt",
                PROMPT,
                "response",
                "first \"answer\"\t\\",
                "embedding",
                List.of(1, 0)),
            Map.of(
                "promptId", "a", "responseId", "a2", "prompt", PROMPT, "embedding", List.of(0, 1)),
            Map.of("promptId", "b", "responseId", "b1", "embedding", List.of(-1, 0.5)),
            Map.of("promptId", "b", "responseId", "b2", "embedding", List.of(2, 2))));
    return project;
  }
}
