package dev.tiebreak.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@IntegrationTest
class AccessIT {

  private static final int MOST = 32 * 1024 * 1024;

  private final Http http;

  AccessIT(Http http) {
    this.http = http;
  }

  @Test
  void everyAnswerCarriesTheRequestsId() {
    assertThat(http.get("/projects", "X-Request-Id", "tool-17/a:b").header("X-Request-Id"))
        .isEqualTo("tool-17/a:b");
    assertThat(http.get("/projects/access-nowhere", "X-Request-Id", "e").header("X-Request-Id"))
        .isEqualTo("e");
    assertThat(http.get("/nowhere", "X-Request-Id", "n").header("X-Request-Id")).isEqualTo("n");
    assertThat(
            http.get("/livez", "X-Request-Id", "f", "Sec-Fetch-Site", "cross-site")
                .header("X-Request-Id"))
        .isEqualTo("f");
  }

  @Test
  void anIdThatIsMissingOrUnusableIsReplaced() {
    String first = http.get("/livez").header("X-Request-Id");
    assertThat(first).isNotBlank().isNotEqualTo(http.get("/livez").header("X-Request-Id"));
    for (String unusable : List.of("", "a b", "x".repeat(129), "<script>", "a\tb")) {
      assertThat(http.get("/livez", "X-Request-Id", unusable).header("X-Request-Id"))
          .isNotBlank()
          .isNotEqualTo(unusable);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/verdicts", "/projects/access-limit/verdicts"})
  void aBodyThatIsTooLargeIsRefusedWithAndWithoutItsLength(String path) {
    http.put("/projects/access-limit", Map.of("dimension", 1));
    byte[] body = new byte[MOST + 1];
    Arrays.fill(body, (byte) '\n');
    String type = path.equals("/verdicts") ? "application/json" : "application/x-ndjson";
    http.post(path, type, body).expect(413, "body-too-large");
    http.post(path, type, () -> new ByteArrayInputStream(body)).expect(413, "body-too-large");
  }

  @Test
  void anAnswerThatCannotBeGivenChangesNothing() {
    String[] xml = {"Accept", "application/xml"};
    http.put("/projects/access-accept", Map.of("dimension", 1), xml).expect(406, "not-acceptable");
    http.get("/projects/access-accept").expect(404);
    http.put("/projects/access-accept", Map.of("dimension", 1)).expect(201);
    String rows =
        """
        {"promptId":"p","responseId":"a","embedding":[1]}
        {"promptId":"p","responseId":"b","embedding":[2]}
        """;
    String embeddings = "/projects/access-accept/embeddings";
    http.post(embeddings, "application/x-ndjson", rows, xml).expect(406);
    assertThat(counts().path("responses").asInt()).isZero();
    http.post(embeddings, "application/x-ndjson", rows).expect(200);
    String judgement =
        "{\"verdicts\":[{\"left\":\"a\",\"right\":\"b\",\"preference\":\"LEFT\",\"annotator\":\"x\"}]}";
    http.postJson("/projects/access-accept/verdicts", judgement, xml).expect(406);
    http.postJson("/projects/access-accept/refits", "", xml).expect(406);
    http.post("/projects/access-accept/refits?wait=60").expect(200);
    http.get("/next-batch?project=access-accept&annotator=x", xml).expect(406);
    assertThat(counts().path("comparisonsLeased").asInt()).isZero();
    JsonNode item =
        http.get("/next-batch?project=access-accept&annotator=x")
            .expect(200)
            .json()
            .path("items")
            .path(0);
    String lease = item.path("lease").asString();
    http.postJson("/verdicts", Map.of("lease", lease, "preference", "LEFT"), xml).expect(406);
    assertThat(counts().path("verdicts").asInt()).isZero();
  }

  private JsonNode counts() {
    return http.get("/projects/access-accept").expect(200).json().path("counts");
  }

  @Test
  void whatCouldBeReadInTwoWaysIsRefused() {
    Map<String, ?> settings = Map.of("dimension", 1);
    http.put("/projects/access-shape;v=1", settings).expect(400, "malformed-request");
    http.get("/projects?limit=1&limit=2").expect(400, "malformed-request");
    http.get("/next-batch?annotator=a&annotator=b").expect(400, "malformed-request");
    http.put("/projects/access-shape", settings, "Content-Encoding", "gzip")
        .expect(415, "unsupported-media-type");
    for (String type :
        List.of(
            "*/*",
            "application/*",
            "application/*+json",
            "application/vnd.api+json",
            "application/json;charset=utf-16",
            "json",
            "text/plain")) {
      http.send("PUT", "/projects/access-shape", type, "{\"dimension\":1}")
          .expect(415, "unsupported-media-type");
      http.send("POST", "/verdicts", type, "[]").expect(415, "unsupported-media-type");
    }
    http.get("/projects/access-shape").expect(404);
  }

  @Test
  void nothingIsLeasedWhereNobodyCanSeeIt() throws IOException {
    assertThat(raw("HEAD /next-batch?annotator=a HTTP/1.1\r\nHost: localhost"))
        .startsWith("HTTP/1.1 405");
  }

  @Test
  void onlyLoopbacksNamesAreAnswered() throws IOException {
    for (String host :
        List.of("localhost", "LocalHost:1", "127.0.0.1", "127.1.2.3:80", "[::1]:8080")) {
      assertThat(raw("GET /livez HTTP/1.1\r\nHost: " + host)).startsWith("HTTP/1.1 200");
    }
    for (String host :
        List.of("example.org", "localhost.example.org", "127.0.0.1.nip.io", "10.0.0.1")) {
      assertThat(raw("GET /livez HTTP/1.1\r\nHost: " + host))
          .startsWith("HTTP/1.1 403")
          .contains("application/problem+json", "/problems/forbidden", "X-Request-Id");
    }
  }

  @Test
  void anotherSitesPageIsTurnedAway() {
    http.get("/projects", "Sec-Fetch-Site", "cross-site").expect(403, "forbidden");
    http.postJson("/verdicts", "[]", "Sec-Fetch-Site", "cross-site").expect(403, "forbidden");
    for (String site : List.of("same-origin", "none")) {
      http.get("/projects", "Sec-Fetch-Site", site).expect(200);
    }
  }

  @Test
  void whatIsNotThereOrNotTakenIsAProblem() {
    http.get("/nowhere").expect(404, "path-not-found");
    http.get("/projects/a/nowhere").expect(404, "path-not-found");
    Answer method = http.send("PATCH", "/projects/a", "application/json", "{}");
    assertThat(method.expect(405, "method-not-allowed").header("Allow")).contains("PUT", "GET");
    assertThat(http.get("/verdicts").expect(405, "method-not-allowed").header("Allow"))
        .contains("POST");
    http.send("PUT", "/projects/a", "text/plain", "{}").expect(415, "unsupported-media-type");
    http.send("PUT", "/projects/a", "nonsense", "{}").expect(415, "unsupported-media-type");
    http.get("/projects", "Accept", "application/xml").expect(406, "not-acceptable");
    http.get("/projects", "Accept", "nonsense").expect(406, "not-acceptable");
    Answer malformed = http.put("/projects/a", "{\n  \"dimension\": }");
    assertThat(malformed.expect(400, "malformed-body").json().path("detail").asString())
        .contains("line 2, column");
    assertThat(malformed.header("Content-Type")).startsWith("application/problem+json");
    assertThat(malformed.text()).doesNotContain("Exception", "jackson", "dev.tiebreak");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /projects/a%2Fb",
        "GET /projects/a;b=c",
        "GET /projects/..%2f..%2fetc",
        "GET /projects?limit=%zz",
        "GET /projects?%00=%00",
        "GET /next-batch?project=%00&annotator=%00",
        "GET /next-batch?project=a&annotator=%ED%A0%80",
        "GET /next-batch?project=a&annotator=%FF",
        "GET /next-batch?annotator=a&size=-1",
        "GET /next-batch?annotator=a&annotator=b&size=1&size=2",
        "DELETE /leases/a.99999999999999999999.AAAAAAAAAAAAAAAAAAAAAA",
        "DELETE /leases/x?annotator=%00",
        "POST /leases/%20/renewal",
        "GET /projects/a/batches/abc",
        "GET /projects/a/batches/-1",
        "GET /projects/a/refits/99999999999999999999",
        "GET /projects/a/refits/0",
        "GET /projects/a/responses?include=%00",
        "GET /projects/a/responses?cursor=%00",
        "GET /projects/a/verdicts?limit=1000000000000",
        "GET /projects/a/verdicts?cursor=__________8",
        "GET /projects/a/export?format=%00",
        "GET /projects/a/rewards?cursor=%F0%9F%98%80",
        "POST /projects/a/refits?wait=-1",
        "POST /projects/a/refits?wait=99999999999999",
        "TRACE /projects",
        "OPTIONS /projects",
        "HEAD /projects",
        "BREW /projects"
      })
  void aNastyTargetIsNeverAnErrorOfTheService(String request) throws IOException {
    http.put("/projects/a", Map.of("dimension", 1));
    String answer = raw(request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0");
    assertThat(answer).matches("(?s)HTTP/1.1 [24]\\d\\d.*");
    assertThat(answer).doesNotContain("<html", "Exception", "\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /projects/%00",
        "GET /projects/%zz",
        "DELETE /leases/%00",
        "GET /projects/a/responses/%00",
        "GET \\\\projects"
      })
  void aTargetThatIsNoneIsRefusedBeforeTheService(String request) throws IOException {
    assertThat(raw(request + " HTTP/1.1\r\nHost: localhost")).startsWith("HTTP/1.1 400");
  }

  /** Sends a request's head as it is; gives all of the answer. */
  private String raw(String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", http.service().getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write((head + "\r\nConnection: close\r\n\r\n").getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
