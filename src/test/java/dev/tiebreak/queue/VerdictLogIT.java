package dev.tiebreak.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The log of verdicts as it is read. */
@IntegrationTest
class VerdictLogIT {

  private final Http http;

  VerdictLogIT(Http http) {
    this.http = http;
  }

  private TestProject project(String name, Map<String, ?> settings) {
    return TestProject.withResponses(http, "verdict-log-" + name, 8, settings);
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
          http.get("/projects/verdict-log-paged/verdicts?limit=2" + cursor).expect(200).json();
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
