package dev.tiebreak.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent to an operation that takes JSON, it is refused in our words. */
@IntegrationTest
class NastyBodiesIT {

  private final Http http;

  NastyBodiesIT(Http http) {
    this.http = http;
  }

  /** Bodies as ISO-8859-1, so that any byte can be written. */
  static Stream<String> bodies() {
    String longName = "\"" + "x".repeat(99) + "\u00f0\u009f\u0098\u0080" + "\"";
    return Stream.of(
        "",
        " ",
        "null",
        "true",
        "7",
        "\"text\"",
        "[]",
        "[null]",
        "[[[]]]",
        "{",
        "}",
        "{}{}",
        "{} x",
        "{\"a\":1,\"a\":2}",
        "[".repeat(100_000),
        "[".repeat(1_000_000),
        "{" + "\"f\":1,".repeat(100_000) + "\"g\":1}",
        "{\"a\":".repeat(100_000),
        "[".repeat(5_000) + "]".repeat(5_000),
        "{\"dimension\":" + "9".repeat(2_000) + "}",
        "{\"dimension\":1,\"priorPrecision\":" + "9".repeat(400) + "}",
        "{\"lease\":\"x\",\"preference\":\"LEFT\",\"confidence\":" + "9".repeat(400) + "}",
        "{\"embeddings\":[[" + "9".repeat(400) + "]]}",
        "{\"dimension\":1e400}",
        "{\"dimension\":1e999999999}",
        "{\"dimension\":-1e999999999,\"seed\":1e-999999999}",
        "{\"dimension\":NaN}",
        "{\"dimension\":0x10}",
        "{\"\\u0000\":1}",
        "{\"\\ud800\":1}",
        "{\"\\udc00x\":1}",
        "{" + longName + ":1}",
        "{\"" + "n".repeat(60_000) + "\":1}",
        "[{\"lease\":\"\\ud800\",\"preference\":\"\\u0000\"}]",
        "{\"lease\":\"\\ud800\",\"preference\":\"LEFT\"}",
        "{\"lease\":\"\\u0000\",\"preference\":\"LEFT\"}",
        "{\"verdicts\":[{\"left\":\"\\ud800\",\"right\":\"\\u0000\",\"preference\":1,\"annotator\":{}}]}",
        "{\"verdicts\":[{\"\\ud800\":1}]}",
        "{\"verdicts\":{}}",
        "{\"responses\":[{\"promptId\":\"\\ud800\",\"responseId\":\"\\u0000\",\"embedding\":[1e400]}]}",
        "{\"responses\":[{\"\\ud800\":1}]}",
        "{\"embeddings\":[[1e400]]}",
        "{\"embeddings\":[[null],7]}",
        "{\"instructions\":\"\\ud800\",\"dimension\":1}",
        "{\"a\":\"\u00ff\u00fe\"}",
        "{\"a\":\"\u00ed\u00a0\u0080\"}",
        "\u00ff\u00fe\u0000",
        "\u00ef\u00bb\u00bf{\"x\":1}",
        "{\"a\":\"\t\"}",
        "\u0000");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void isRefusedByEveryOperationThatTakesJson(String body) {
    http.put("/projects/nasty", Map.of("dimension", 1));
    byte[] bytes = body.getBytes(ISO_8859_1);
    for (String path :
        new String[] {
          "/verdicts",
          "/projects/nasty/verdicts",
          "/projects/nasty/embeddings",
          "/projects/nasty/scores",
          "/projects/nasty/refits"
        }) {
      refused(http.post(path, "application/json", bytes), path, body.isBlank());
    }
    // no lines are no rows, which the written contract cannot say
    for (String path :
        body.isBlank()
            ? new String[0]
            : new String[] {"/projects/nasty/verdicts", "/projects/nasty/embeddings"}) {
      refused(http.post(path, "application/x-ndjson", bytes), path, false);
    }
    refused(
        http.send("PUT", "/projects/nasty-put", "application/json", new String(bytes, ISO_8859_1)),
        "PUT",
        false);
    http.get("/projects/nasty-put").expect(404, "project-not-found");
  }

  /** A tree of it would take many times the memory of the body. */
  @ParameterizedTest
  @ValueSource(strings = {"/verdicts", "/projects/nasty/scores", "/projects/nasty/refits"})
  void aBodyOfTooManyValuesIsRefusedBeforeItFillsTheMemory(String path) {
    http.put("/projects/nasty", Map.of("dimension", 1));
    String body = "[" + "1,".repeat(4_000_001) + "1]";
    String detail =
        http.post(path, "application/json", body)
            .expect(400, "malformed-body")
            .json()
            .path("detail")
            .asString();
    assertThat(detail).contains("too many values");
  }

  /** Up to the limit it is read and wrong; beyond it is not read on. */
  @Test
  void whatIsTooLongOrTooDeepIsNotReadOn() {
    verdicts("[".repeat(100) + "]".repeat(100)).expect(422);
    beyond(verdicts("[".repeat(101) + "]".repeat(101)));
    verdicts("[{\"lease\":\"" + "x".repeat(1_000_000) + "\"}]").expect(422);
    beyond(verdicts("[{\"lease\":\"" + "x".repeat(1_000_001) + "\"}]"));
    verdicts("[{\"" + "n".repeat(1_000) + "\":1}]").expect(400, "unknown-field");
    beyond(verdicts("[{\"" + "n".repeat(1_001) + "\":1}]"));
    verdicts("[{\"confidence\":" + "9".repeat(1_000) + "}]").expect(422);
    beyond(verdicts("[{\"confidence\":" + "9".repeat(1_001) + "}]"));
  }

  private Answer verdicts(String body) {
    return http.post("/verdicts", "application/json", body);
  }

  private static void beyond(Answer answer) {
    assertThat(answer.expect(400, "malformed-body").json().path("detail").asString())
        .startsWith("The body has too many values, or one that is too long or too deep");
  }

  private static void refused(Answer answer, String path, boolean empty) {
    // nothing but space is no options
    if (empty && path.endsWith("/refits") && (answer.status() == 200 || answer.status() == 202)) {
      return;
    }
    assertThat(answer.status()).as(path + ": " + answer.text()).isBetween(400, 422);
    assertThat(answer.problem()).as(answer.text()).isNotEmpty();
    assertThat(answer.text()).doesNotContain("Exception", "jackson", "at dev.");
  }
}
