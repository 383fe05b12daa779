package dev.tiebreak.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.Answer;
import dev.tiebreak.WrittenContract;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The check that every integration test relies on sees what it should see. */
class WrittenContractCheckTest {

  private static final String RENEWAL = "/leases/hh.17.q83vASNFZ4mrze8BI0VniQ/renewal";
  private static final String RENEWED =
      "{\"lease\":\"hh.17.q83vASNFZ4mrze8BI0VniQ\",\"expiresAt\":\"2026-11-20T09:48:31.5Z\"}";
  private static final String PROBLEM =
      "{\"type\":\"/problems/lease-not-found\",\"title\":\"No such lease\",\"status\":404,"
          + "\"detail\":\"There is no such lease\",\"instance\":\"/leases/a/renewal\"}";
  private static final String JSON = "application/json";
  private static final String PROBLEM_JSON = "application/problem+json";

  @Test
  void acceptsWhatIsWritten() {
    assertThatCode(() -> renewal(200, JSON, RENEWED)).doesNotThrowAnyException();
    assertThatCode(() -> renewal(404, PROBLEM_JSON, PROBLEM)).doesNotThrowAnyException();
  }

  @Test
  void seesAFieldOfTheWrongType() {
    refused(() -> renewal(200, JSON, RENEWED.replace("\"2026-11-20T09:48:31.5Z\"", "5")));
  }

  @Test
  void seesATimeThatIsNone() {
    refused(() -> renewal(200, JSON, RENEWED.replace("2026-11-20T", "yesterday ")));
  }

  @Test
  void seesAFieldTooMany() {
    refused(() -> renewal(200, JSON, RENEWED.replace("}", ",\"more\":1}")));
  }

  @Test
  void seesAMissingField() {
    refused(() -> renewal(200, JSON, "{\"lease\":\"a\"}"));
  }

  @Test
  void seesAnUnwrittenStatus() {
    refused(() -> renewal(201, JSON, RENEWED));
    refused(() -> renewal(500, PROBLEM_JSON, PROBLEM));
  }

  @Test
  void seesAnUnwrittenMediaType() {
    refused(() -> renewal(200, "text/plain", RENEWED));
    refused(() -> renewal(404, JSON, PROBLEM));
  }

  @Test
  void seesAnUnwrittenKindOfProblem() {
    refused(() -> renewal(404, PROBLEM_JSON, PROBLEM.replace("lease-not-found", "oh-no")));
    refused(() -> renewal(404, PROBLEM_JSON, PROBLEM.replace("\"detail\"", "\"sql\"")));
  }

  @Test
  void seesAMissingHeader() {
    refused(() -> check("POST", RENEWAL, "", 200, Map.of("Content-Type", JSON), RENEWED));
  }

  @Test
  void seesAWrongHeader() {
    Map<String, String> headers = Map.of("Content-Type", JSON, "X-Request-Id", "two words");
    refused(() -> check("POST", RENEWAL, "", 200, headers, RENEWED));
  }

  @Test
  void seesAnAcceptedRequestThatIsNotWritten() {
    refused(() -> check("GET", "/export-nothing", "", 200, headers(JSON), "{}"));
    refused(() -> check("PATCH", RENEWAL, "", 200, headers(JSON), RENEWED));
    refused(() -> upload("{\"responses\":[{\"promptId\":\"p\"}]}"));
    refused(() -> upload("{\"responses\":[],\"more\":1}"));
    assertThatCode(() -> upload("{\"responses\":[]}")).doesNotThrowAnyException();
  }

  @Test
  void seesQueryParameters() {
    String page = "{\"items\":[],\"nextCursor\":null}";
    assertThatCode(() -> check("GET", "/projects?limit=9", "", 200, headers(JSON), page))
        .doesNotThrowAnyException();
    refused(() -> check("GET", "/projects?limit=0", "", 200, headers(JSON), page));
  }

  private static void upload(String body) {
    String result = "{\"received\":0,\"created\":0,\"updated\":0,\"unchanged\":0,\"responses\":0}";
    check("POST", "/projects/hh/embeddings", body, 200, headers(JSON), result);
  }

  private static void renewal(int status, String mediaType, String body) {
    check("POST", RENEWAL, "", status, headers(mediaType), body);
  }

  private static Map<String, String> headers(String mediaType) {
    return Map.of("Content-Type", mediaType, "X-Request-Id", "tour-1");
  }

  private static void check(
      String method,
      String path,
      String sent,
      int status,
      Map<String, String> headers,
      String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1" + path))
            .method(method, BodyPublishers.ofString(sent));
    if (!sent.isEmpty()) {
      request.header("Content-Type", JSON);
    }
    Map<String, List<String>> lists = new HashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    Answer answer =
        new Answer(
            method + " " + path,
            status,
            HttpHeaders.of(lists, (name, value) -> true),
            body.getBytes(UTF_8));
    WrittenContract.check(request.build(), sent.getBytes(UTF_8), answer);
  }

  private static void refused(Runnable check) {
    assertThatThrownBy(check::run).isInstanceOf(AssertionError.class);
  }
}
