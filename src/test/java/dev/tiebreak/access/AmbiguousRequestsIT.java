package dev.tiebreak.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What one reader would take for this and another for that is refused, and so is half a request.
 */
@IntegrationTest
class AmbiguousRequestsIT {

  private static final String PROJECT = "/projects/ambiguous";

  private final Http http;

  AmbiguousRequestsIT(Http http) {
    this.http = http;
  }

  @BeforeEach
  void createProject() {
    http.put(PROJECT, Map.of("dimension", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /projects/ambiguous-put application/json {\"dimension\":1}",
        "POST /verdicts application/json [{\"lease\":\"a\",\"preference\":\"LEFT\"}]",
        "POST /projects/ambiguous/embeddings application/x-ndjson"
            + " {\"promptId\":\"p\",\"responseId\":\"r\",\"embedding\":[1]}",
        "POST /projects/ambiguous/embeddings application/json {\"responses\":[]}",
        "POST /projects/ambiguous/verdicts application/x-ndjson ",
        "POST /projects/ambiguous/verdicts application/json {\"verdicts\":[]}",
        "POST /projects/ambiguous/scores application/json {\"embeddings\":[]}",
        "POST /projects/ambiguous/refits application/json {}",
        "POST /projects/ambiguous/replays application/json {}"
      })
  void aBodyThatIsCutOffIsMalformedHoweverWholeItLooks(String request) throws IOException {
    String[] parts = request.split(" ", 4);
    String head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n"
            .formatted(parts[0], parts[1], parts[2]);
    String body = parts[3];
    for (String rest :
        List.of(
            "Content-Length: " + (body.length() + 1) + "\r\n\r\n" + body,
            "Transfer-Encoding: chunked\r\n\r\n" + chunk(body),
            "Transfer-Encoding: chunked\r\n\r\n" + chunk(body) + "zz\r\n")) {
      assertThat(raw(head + rest)).startsWith("HTTP/1.1 400").contains("/problems/malformed-body");
    }
    http.get("/projects/ambiguous-put").expect(404);
    assertThat(http.get(PROJECT).json().path("counts").path("responses").asInt()).isZero();
  }

  private static String chunk(String body) {
    return body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "+5", " 5", "5 ", "٥", "５", "0x5", "#5", "05", "5.0", "5e0", "99999999999999"})
  void whatIsNoPlainWholeNumberIsNone(String number) {
    String text = URLEncoder.encode(number, UTF_8);
    http.get("/projects?limit=" + text).expect(422, "invalid-input");
    http.get("/next-batch?annotator=a&size=" + text).expect(422, "invalid-input");
    http.post(PROJECT + "/refits?wait=" + text).expect(422, "invalid-input");
    http.delete(PROJECT + "/replays/1?confirm=" + text).expect(422, "invalid-input");
    if (!number.isEmpty() && !number.startsWith("99")) {
      http.get(PROJECT + "/batches/" + text.replace("+", "%20")).expect(422, "invalid-input");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NaN", "Infinity", "1e400", "0x1p3", "5d", " 5", "+5", "٥", "5."})
  void whatIsNoPlainNumberIsNone(String number) {
    http.get(PROJECT + "/progress?worth=" + URLEncoder.encode(number, UTF_8))
        .expect(422, "invalid-input");
    http.get(PROJECT + "/progress?worth=2.5e-1").expect(200);
  }

  @Test
  void onlyUtf8IsRead() {
    for (Charset charset : List.of(UTF_16, UTF_16LE, Charset.forName("UTF-32"))) {
      for (String path : List.of("/verdicts", "/scores", "/embeddings", "/refits")) {
        byte[] body = "{\"verdicts\":[]}".getBytes(charset);
        http.post(PROJECT + path, "application/json", body).expect(400, "malformed-body");
      }
      http.post(PROJECT + "/verdicts", "application/x-ndjson", "{}".getBytes(charset))
          .expect(400, "malformed-body");
    }
  }

  @Test
  void aParameterIsFoundTwiceHoweverItIsWritten() throws IOException {
    for (String query : List.of("limit=1&limit=1", "limit=1&%6cimit=2", "limit=1&limi%74")) {
      assertThat(raw("GET /projects?" + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .startsWith("HTTP/1.1 400")
          .contains("/problems/malformed-request");
    }
  }

  @Test
  void aFormIsNoQuery() {
    String form = "application/x-www-form-urlencoded";
    http.send("DELETE", PROJECT, form, "confirm=ambiguous").expect(422, "invalid-input");
    http.send("PUT", PROJECT, form, "dimension=2").expect(415, "unsupported-media-type");
    for (String type : List.of("multipart/form-data", "multipart/form-data; boundary=a")) {
      http.post("/verdicts", type, "--a--").expect(415, "unsupported-media-type");
    }
  }

  @Test
  void aCursorBelongsToItsList() {
    String rows =
        """
        {"promptId":"p","responseId":"a","embedding":[1]}
        {"promptId":"p","responseId":"b","embedding":[2]}
        """;
    String here = PROJECT + "-cursor";
    http.put(here, Map.of("dimension", 1));
    http.post(here + "/embeddings", "application/x-ndjson", rows).expect(200);
    String cursor = http.get(here + "/responses?limit=1").json().path("nextCursor").asString();
    assertThat(http.get(here + "/responses?cursor=" + cursor).expect(200).json().path("items"))
        .hasSize(1);
    for (String list :
        List.of(here + "/verdicts", here + "/batches", PROJECT + "/responses", "/projects")) {
      http.get(list + "?cursor=" + cursor).expect(422, "invalid-input");
    }
    http.delete(here + "?confirm=ambiguous-cursor").expect(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /projects HTTP/2.0\r\n",
        "GET /projects HTTP/1.9\r\n",
        "CONNECT localhost:1 HTTP/1.1\r\n",
        "POST /verdicts HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: gzip\r\n",
        "POST /verdicts HTTP/1.1\r\n"
            + "Content-Type: application/json\r\n"
            + "Expect: more\r\n"
            + "Content-Length: 0\r\n",
        "POST /verdicts HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
        "GET /projects HTTP/1.1\r\nHost: localhost\r\n",
        "GET /projects HTTP/1.1\r\nB@d: 1\r\n"
      })
  void whatIsNoHttpThatIsSpokenHereIsTheSendersError(String head) throws IOException {
    assertThat(raw(head + "Host: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("/problems/malformed-request", "X-Request-Id: ");
  }

  @Test
  void anAcceptThatNamesNothingIsNotMet() {
    http.get("/metrics", "Accept", ",,,").expect(406, "not-acceptable");
    http.get("/livez", "Accept", "application/problem+json").expect(406, "not-acceptable");
  }

  @Test
  void whatTomcatRefusesHasARequestIdToo() throws IOException {
    String traced =
        raw("TRACE /projects HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: traced\r\n\r\n");
    assertThat(traced).startsWith("HTTP/1.1 405").containsOnlyOnce("X-Request-Id: traced");
  }

  /** Sends these bytes and then the end of the stream; gives all that comes back. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(http.service().getHost(), http.service().getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
