package dev.tiebreak.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every operation of the contract once; {@link Http} holds the answers against it. */
@IntegrationTest
class ContractTourIT {

  private static final String PROJECT = "/projects/contract-tour";
  private static final String ROWS =
      """
      {"promptId":"p1","responseId":"p1-a","prompt":"What is a prime?","response":"1 and itself.","embedding":[0.25,-0.5,1.0]}
      {"promptId":"p1","responseId":"p1-b","response":"An odd number.","metadata":{"model":"small"},"embedding":"AACAPwAAAEAAAEBA"}
      {"promptId":"p1","responseId":"p1/c","embedding":[1,0,-1]}
      {"promptId":"p2","responseId":"p2-a","embedding":[0,0.5,0]}
      """;

  private final Http http;

  ContractTourIT(Http http) {
    this.http = http;
  }

  @Test
  void leadsFromAProjectToItsModelAndBack() {
    createProject();
    upload();
    List<String> leases = annotate();
    judge(leases);
    importJudgements();
    readRounds();
    readModel();
    replay();
    readOperations();
    removeProject();
  }

  private void createProject() {
    http.put(PROJECT, "{").expect(400, "malformed-body");
    http.put(PROJECT, Map.of("dimension", 3, "dimensions", 3)).expect(400, "unknown-field");
    assertThat(http.put(PROJECT, "{\"dimension\": 1e9}").expect(422, "invalid-input").pointers())
        .containsExactly("/dimension");
    http.send("PUT", PROJECT, "text/plain", "{}").expect(415, "unsupported-media-type");
    Map<String, Object> settings =
        Map.of(
            "dimension", 3, "pairing", "ANY", "overlap", 2, "randomShare", 0.5, "verdictCost", 100);
    assertThat(http.put(PROJECT, settings).expect(201).header("Location")).isEqualTo(PROJECT);
    http.put(PROJECT, settings).expect(200);
    http.get(PROJECT).expect(200);
    http.get(PROJECT, "Accept", "application/xml").expect(406, "not-acceptable");
    http.get("/projects?limit=1").expect(200);
    http.get("/projects?limit=0").expect(422, "invalid-input");
    http.get("/projects/contract-nowhere").expect(404, "project-not-found");
    http.get(PROJECT + "/model").expect(404, "model-not-found");
  }

  private void upload() {
    Answer uploaded = http.post(PROJECT + "/embeddings", "application/x-ndjson", ROWS).expect(200);
    assertThat(uploaded.json().path("created").asInt()).isEqualTo(4);
    http.postJson(
            PROJECT + "/embeddings",
            "{\"responses\":[{\"promptId\":\"p2\",\"responseId\":\"p2-b\",\"embedding\":[0,0,1]}]}")
        .expect(200);
    http.post(PROJECT + "/embeddings", "application/x-ndjson", "{").expect(400, "malformed-body");
    http.post(PROJECT + "/embeddings", "text/csv", "a").expect(415, "unsupported-media-type");
    http.postJson(PROJECT + "/embeddings", "{\"responses\":[{}]}").expect(422, "invalid-input");
    http.put(PROJECT, Map.of("dimension", 4)).expect(409, "dimension-conflict");
    http.get(PROJECT + "/responses?include=embedding&limit=2").expect(200);
    http.get(PROJECT + "/responses/p1%2Fc").expect(200);
    http.get(PROJECT + "/responses/nobody").expect(404, "response-not-found");
  }

  private List<String> annotate() {
    http.postJson(PROJECT + "/refits?wait=60", "{}").expect(200);
    Answer batch =
        http.get("/next-batch?project=contract-tour&annotator=ann-1&size=4", "Prefer", "wait=20")
            .expect(200);
    assertThat(batch.header("Cache-Control")).isEqualTo("no-store");
    http.get("/next-batch?annotator=ann-1").expect(200);
    http.get("/next-batch?project=contract-tour").expect(422, "invalid-input");
    http.get("/next-batch?project=contract-tour&annotator=a&size=-1").expect(422, "invalid-input");
    return batch.json().path("items").valueStream().map(i -> i.path("lease").asString()).toList();
  }

  private void judge(List<String> leases) {
    assertThat(leases).hasSize(4);
    String first = leases.getFirst();
    assertThat(outcome(http.postJson("/verdicts", verdict(first, "LEFT")))).isEqualTo("COUNTED");
    assertThat(outcome(http.postJson("/verdicts", verdict(first, "TIE")))).isEqualTo("REVISED");
    assertThat(outcome(http.postJson("/verdicts", List.of(verdict(leases.get(1), "SKIP")))))
        .isEqualTo("SKIPPED");
    assertThat(outcome(http.postJson("/verdicts", List.of(verdict("none", "LEFT")))))
        .isEqualTo("REFUSED");
    http.postJson("/verdicts", verdict("none", "LEFT")).expect(404, "lease-not-found");
    http.postJson("/verdicts", verdict(first, "PERHAPS")).expect(422, "invalid-input");
    http.postJson(
            "/verdicts", Map.of("lease", first, "preference", "LEFT", "annotator", "somebody"))
        .expect(403, "another-annotator");
    http.post("/leases/" + leases.get(2) + "/renewal").expect(200);
    http.delete("/leases/" + leases.get(3) + "?annotator=somebody")
        .expect(403, "another-annotator");
    http.delete("/leases/" + leases.get(3) + "?annotator=ann-1").expect(204);
    http.post("/leases/" + leases.get(3) + "/renewal").expect(409, "lease-ended");
    http.delete("/leases/none").expect(404, "lease-not-found");
    http.post(PROJECT + "/refits?wait=60").expect(200);
    http.postJson("/verdicts", verdict(first, "RIGHT")).expect(409, "verdict-fitted");
  }

  private static Map<String, Object> verdict(String lease, String preference) {
    return Map.of("lease", lease, "preference", preference, "confidence", 0.5, "durationMs", 900);
  }

  private static String outcome(Answer answer) {
    return answer.expect(200).json().path("results").path(0).path("outcome").asString();
  }

  private void importJudgements() {
    String row =
        "{\"left\":\"p1-a\",\"right\":\"p2-a\",\"preference\":\"LEFT\",\"annotator\":\"x\"}";
    Answer imported =
        http.post(PROJECT + "/verdicts", "application/x-ndjson", row + "\n").expect(200);
    assertThat(imported.json().path("counted").asInt()).isEqualTo(1);
    http.postJson(PROJECT + "/verdicts", "{\"verdicts\":[" + row + "]}").expect(200);
    http.postJson(PROJECT + "/verdicts", "{\"verdicts\":[" + row.replace("p1-a", "q") + "]}")
        .expect(422, "invalid-input");
    Answer log = http.get(PROJECT + "/verdicts?limit=2").expect(200);
    String next = Objects.requireNonNull(log.json().path("nextCursor").asStringOpt().orElse(null));
    http.get(PROJECT + "/verdicts?limit=1000&cursor=" + next).expect(200);
    http.get(PROJECT + "/verdicts?cursor=nonsense").expect(422, "invalid-input");
  }

  private void readRounds() {
    Answer refit = http.postJson(PROJECT + "/refits", "{}");
    assertThat(refit.status()).isIn(200, 202);
    String location = Objects.requireNonNull(refit.header("Location"));
    http.get(location).expect(200);
    http.post(PROJECT + "/refits?wait=60").expect(200);
    http.postJson(PROJECT + "/refits", "{\"now\":true}").expect(400, "unknown-field");
    http.post(PROJECT + "/refits?wait=61").expect(422, "invalid-input");
    http.get(PROJECT + "/refits/99999").expect(404, "refit-not-found");
    http.get(PROJECT + "/refits/first").expect(422, "invalid-input");
    JsonNode batches = http.get(PROJECT + "/batches").expect(200).json().path("items");
    assertThat(batches).isNotEmpty();
    for (JsonNode batch : batches) {
      http.get(PROJECT + "/batches/" + batch.path("number").asLong()).expect(200);
      http.get(PROJECT + "/batches/" + batch.path("number").asLong() + "/map").expect(200);
    }
    http.get(PROJECT + "/batches/99999").expect(404, "batch-not-found");
    http.get(PROJECT + "/batches/99999/map").expect(404, "batch-not-found");
    http.get(PROJECT + "/batches/1/map?others=-1").expect(422, "invalid-input");
    assertThat(http.get(PROJECT + "/refits?limit=1").expect(200).json().path("items").size())
        .isOne();
    http.get(PROJECT + "/progress?worth=10").expect(200);
    http.get(PROJECT + "/progress?worth=0").expect(422, "invalid-input");
  }

  private void readModel() {
    Answer model = http.get(PROJECT + "/model").expect(200);
    assertThat(model.json().path("weights").size()).isEqualTo(3);
    String tag = Objects.requireNonNull(model.header("ETag"));
    http.get(PROJECT + "/model", "If-None-Match", tag).expect(304);
    Answer npy = http.get(PROJECT + "/model", "Accept", "application/x-npy").expect(200);
    assertThat(npy.body()).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y');
    http.get(PROJECT + "/model", "Accept", "application/xml").expect(406, "not-acceptable");
    http.postJson(PROJECT + "/scores", "{\"embeddings\":[[1,0,0],[0,1,0]]}").expect(200);
    http.postJson(PROJECT + "/scores", "{\"embeddings\":[[1]]}").expect(422, "invalid-input");
    assertThat(http.get(PROJECT + "/rewards").expect(200).json().path("items").size()).isEqualTo(5);
    assertThat(http.get(PROJECT + "/export?format=trl-implicit").expect(200).lines()).hasSize(1);
    http.get(PROJECT + "/export?format=trl").expect(200);
    http.get(PROJECT + "/export?format=csv").expect(422, "invalid-input");
  }

  private void replay() {
    Answer asked = http.postJson(PROJECT + "/replays", "{\"seeds\":1,\"labels\":1}").expect(202);
    String replay = Objects.requireNonNull(asked.header("Location"));
    http.get(PROJECT + "/replays").expect(200);
    http.get(replay).expect(200);
    for (String table :
        List.of("curves", "points", "differences", "ratios", "diversity", "costs")) {
      http.get(replay + "/" + table).expect(200);
    }
    http.get(replay + "/ablations?by=batchSize&limit=5").expect(200);
    http.get(replay + "/charts/accuracy", "Accept", "image/png").expect(200);
    http.get(replay + "/charts/ablations?by=dimension", "Accept", "image/svg+xml").expect(200);
    http.get(replay + "/charts/happiness", "Accept", "image/png").expect(404, "path-not-found");
    http.delete(replay).expect(200);
    http.delete(replay + "?confirm=99999").expect(422, "invalid-input");
    http.delete(replay + "?confirm=1").expect(204);
    http.postJson(PROJECT + "/replays", "{\"seed\":1.5}").expect(422, "invalid-input");
    http.get(PROJECT + "/replays/99999").expect(404, "replay-not-found");
  }

  private void readOperations() {
    assertThat(http.get("/livez", "X-Request-Id", "tour-1").expect(200).header("X-Request-Id"))
        .isEqualTo("tour-1");
    http.get("/readyz").expect(200);
    http.get("/metrics").expect(200);
    http.get("/metrics", "Accept", "application/openmetrics-text").expect(200);
    http.get("/livez", "Sec-Fetch-Site", "cross-site").expect(403, "forbidden");
  }

  private void removeProject() {
    http.delete(PROJECT).expect(422, "invalid-input");
    http.delete(PROJECT + "?confirm=contract-tour").expect(204);
    http.delete(PROJECT + "?confirm=contract-tour").expect(404, "project-not-found");
  }
}
