package dev.tiebreak.queue;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A project of one test. Rounds run only when they are asked for, unless the settings say else. */
record TestProject(Http http, String slug) {

  private static final Map<String, Object> SETTINGS =
      Map.of(
          "dimension",
          2,
          "pairing",
          "ANY",
          "strategy",
          "RANDOM",
          "lowWater",
          0,
          "refitAfter",
          1_000_000_000,
          "maxLeasesPerAnnotator",
          1000);

  /** A project without responses. */
  static TestProject create(Http http, String slug, Map<String, ?> settings) {
    TestProject project = new TestProject(http, slug);
    project.set(settings);
    return project;
  }

  /** A project with as many responses, named r0, r1 and so on, after a first round. */
  static TestProject withResponses(Http http, String slug, int responses, Map<String, ?> settings) {
    TestProject project = create(http, slug, settings);
    project.upload(responses);
    project.round();
    return project;
  }

  /** Replaces the settings by the usual ones and these. */
  void set(Map<String, ?> settings) {
    Map<String, Object> all = new HashMap<>(SETTINGS);
    all.putAll(settings);
    Answer answer = http.put("/projects/" + slug, all);
    if (answer.status() != 200) {
      answer.expect(201);
    }
  }

  void upload(int responses) {
    String rows =
        IntStream.range(0, responses)
            .mapToObj(i ->
                "{\"promptId\":\"p%d\",\"responseId\":\"r%d\",\"embedding\":[%d,%d]}"
                    .formatted(i / 2, i, i % 17, i % 13))
            .collect(Collectors.joining("\n"));
    http.post("/projects/" + slug + "/embeddings", "application/x-ndjson", rows).expect(200);
  }

  /** Fits and selects. */
  void round() {
    Answer answer = http.post("/projects/" + slug + "/refits?wait=60").expect(200);
    if (!answer.json().path("state").asString().equals("DONE")) {
      throw new AssertionError("The round failed: " + answer.text());
    }
  }

  JsonNode next(String annotator, int size) {
    return http.get("/next-batch?project=" + slug + "&annotator=" + annotator + "&size=" + size)
        .expect(200)
        .json();
  }

  List<JsonNode> items(String annotator, int size) {
    return next(annotator, size).path("items").valueStream().toList();
  }

  /** One comparison; the annotator must hold none and one must be there. */
  JsonNode item(String annotator) {
    return items(annotator, 1).getFirst();
  }

  /** The name of one leased comparison. */
  String lease(String annotator) {
    return item(annotator).path("lease").asString();
  }

  @Nullable String reason(String annotator, int size) {
    JsonNode reason = next(annotator, size).path("reason");
    return reason.isNull() ? null : reason.asString();
  }

  static Map<String, Object> verdict(String lease, String preference) {
    return Map.of("lease", lease, "preference", preference);
  }

  Answer post(Object body) {
    return http.postJson("/verdicts", body);
  }

  /** Sends one verdict; its result as text: outcome, and whether it counts. */
  String judge(String lease, String preference) {
    return words(result(lease, preference));
  }

  JsonNode result(String lease, String preference) {
    return post(verdict(lease, preference)).expect(200).json().path("results").path(0);
  }

  static String words(JsonNode result) {
    return result.path("outcome").asString()
        + (result.path("counted").asBoolean() ? " counted" : "");
  }

  /** Waits until leases of one second have run out. */
  static void expire() throws InterruptedException {
    Thread.sleep(1100);
  }

  Answer importLines(String... rows) {
    return http.post(
        "/projects/" + slug + "/verdicts", "application/x-ndjson", String.join("\n", rows));
  }

  static String row(String left, String right, String preference, String annotator) {
    return "{\"left\":\"%s\",\"right\":\"%s\",\"preference\":\"%s\",\"annotator\":\"%s\"}"
        .formatted(left, right, preference, annotator);
  }

  JsonNode counts() {
    return http.get("/projects/" + slug).expect(200).json().path("counts");
  }

  List<JsonNode> log() {
    return http.get("/projects/" + slug + "/verdicts?limit=1000")
        .expect(200)
        .json()
        .path("items")
        .valueStream()
        .toList();
  }
}
