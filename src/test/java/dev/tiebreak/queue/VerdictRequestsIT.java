package dev.tiebreak.queue;

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
import tools.jackson.databind.JsonNode;

/** What a request for verdicts may hold, and how it is answered. */
@IntegrationTest
class VerdictRequestsIT {

  private final Http http;

  VerdictRequestsIT(Http http) {
    this.http = http;
  }

  private TestProject project(String name, Map<String, ?> settings) {
    return TestProject.withResponses(http, "verdict-requests-" + name, 8, settings);
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
            "verdict-requests-array",
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
}
