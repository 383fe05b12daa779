package dev.tiebreak.candidate;

import static dev.tiebreak.candidate.Uploader.counts;
import static dev.tiebreak.candidate.Uploader.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@IntegrationTest
class EmbeddingUploadIT {

  private final Http http;
  private final JdbcClient jdbc;
  private Uploader project;

  EmbeddingUploadIT(Http http, JdbcClient jdbc) {
    this.http = http;
    this.jdbc = jdbc;
    this.project = Uploader.create(http, jdbc, 2);
  }

  @BeforeEach
  void begin() {
    project = Uploader.create(http, jdbc, 2);
  }

  private void assertNothingStored() {
    assertThat(project.tally()).isEqualTo(new Tally(0, 0, 0, 0));
    assertThat(project.recount().responses()).isZero();
    assertThat(project.staged()).isZero();
  }

  private List<String> storedIds() {
    return http.get(project.path() + "/responses?limit=1000")
        .json()
        .get("items")
        .valueStream()
        .map(item -> item.get("responseId").asString())
        .toList();
  }

  @Test
  void storesLinesAndArrays() {
    String lines = row("a", "p", "[1,2]") + row("b", "p", "\"AACAPwAAAEA=\"");
    assertThat(counts(project.lines(lines))).containsExactly(2, 2, 0, 0, 2);
    assertThat(counts(project.array(row("c", "q", "[1,2]")))).containsExactly(1, 1, 0, 0, 3);
    assertThat(project.tally()).isEqualTo(new Tally(3, 2, 1, 2)).isEqualTo(project.recount());
    assertThat(project.staged()).isZero();
    http.get(project.path() + "/responses?include=embedding")
        .expect(200)
        .json()
        .get("items")
        .valueStream()
        .forEach(item -> assertThat(item.get("embedding").toString()).isEqualTo("[1.0,2.0]"));
  }

  @Test
  void storesNothingOfAnEmptyUpload() {
    assertThat(counts(project.lines(""))).containsExactly(0, 0, 0, 0, 0);
    assertThat(counts(project.lines("\n\r\n"))).containsExactly(0, 0, 0, 0, 0);
    assertThat(counts(project.array(""))).containsExactly(0, 0, 0, 0, 0);
    assertNothingStored();
  }

  @Test
  void changesNothingWhenTheSameContentComesAgain() {
    String first =
        "{\"responseId\":\"a\",\"promptId\":\"p\",\"prompt\":\"Q\",\"response\":\"A\","
            + "\"metadata\":{\"x\":1.50,\"y\":[null]},\"embedding\":[0.1,2]}\n";
    String again =
        "{\"embedding\":[0.10000000149011612,2e0],\"metadata\":{\"y\":[null],\"x\":1.5},"
            + "\"responseId\":\"a\",\"promptId\":\"p\",\"response\":\"A\",\"prompt\":\"Q\"}";
    project.lines(first).expect(200);
    JsonNode stored = http.get(project.path() + "/responses/a").json();
    assertThat(counts(project.lines(again))).containsExactly(1, 0, 0, 1, 1);
    assertThat(project.tally().version()).isEqualTo(1);
    assertThat(http.get(project.path() + "/responses/a").json()).isEqualTo(stored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"responseId\":\"b\",\"promptId\":\"q\",\"prompt\":\"Q\",\"embedding\":[1,1]}",
        "{\"responseId\":\"b\",\"promptId\":\"p\",\"embedding\":[1,1]}",
        "{\"responseId\":\"b\",\"promptId\":\"p\",\"prompt\":\"Q!\",\"embedding\":[1,1]}",
        "{\"responseId\":\"b\",\"promptId\":\"p\",\"prompt\":\"Q\",\"response\":\"\",\"embedding\":[1,1]}",
        "{\"responseId\":\"b\",\"promptId\":\"p\",\"prompt\":\"Q\",\"metadata\":{},\"embedding\":[1,1]}",
        "{\"responseId\":\"b\",\"promptId\":\"p\",\"prompt\":\"Q\",\"embedding\":[1,-1]}",
      })
  void replacesWhatComesAgainWithAnyOtherContent(String again) {
    project
        .lines(
            row("a", "p", "[1,1]")
                + "{\"responseId\":\"b\",\"promptId\":\"p\",\"prompt\":\"Q\",\"embedding\":[1,1]}\n"
                + row("c", "q", "[1,1]"))
        .expect(200);
    assertThat(counts(project.lines(row("d", "r", "[0,0]") + again)))
        .containsExactly(2, 1, 1, 0, 4);
    assertThat(storedIds()).containsExactly("a", "b", "c", "d");
    assertThat(project.tally()).isEqualTo(project.recount());
    assertThat(project.tally().version()).isEqualTo(2);
    assertThat(counts(project.lines(again))).containsExactly(1, 0, 0, 1, 4);
  }

  @Test
  void countsPairsWhenResponsesMoveBetweenPrompts() {
    StringBuilder first = new StringBuilder();
    StringBuilder second = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      first.append(row("r" + i, "p" + i % 7, "[1,1]"));
      second.append(row("r" + (i + 20), "p" + i % 5 * 2, "[1,1]"));
    }
    project.lines(first.toString()).expect(200);
    assertThat(project.tally()).isEqualTo(project.recount());
    assertThat(counts(project.lines(second.toString()))[1]).isEqualTo(20);
    assertThat(project.tally()).isEqualTo(project.recount());
    assertThat(project.tally().responses()).isEqualTo(80);
  }

  @Test
  void keepsTheOrderOfFirstUploadAcrossChunks() {
    StringBuilder body = new StringBuilder();
    String response = "x".repeat(100_000);
    for (int i = 0; i < 200; i++) {
      body.append(
          "{\"responseId\":\"%03d\",\"promptId\":\"p\",\"response\":\"%s\",\"embedding\":[%d,0]}\n"
              .formatted((i * 37) % 200, response, i));
    }
    assertThat(body.length()).isGreaterThan(4 * Staging.CHUNK);
    assertThat(counts(project.lines(body.toString()))).containsExactly(200, 200, 0, 0, 200);
    List<Long> ordinals =
        jdbc.sql(
                """
                select ordinal from response where project_id = :project
                order by array_position(:ids, response_id)
                """)
            .param("project", project.projectId())
            .param(
                "ids",
                java.util.stream.IntStream.range(0, 200)
                    .mapToObj(i -> "%03d".formatted((i * 37) % 200))
                    .toArray(String[]::new))
            .query((row, number) -> row.getLong(1))
            .list();
    assertThat(ordinals)
        .isEqualTo(java.util.stream.LongStream.rangeClosed(1, 200).boxed().toList());
  }

  @Test
  void refusesAllWhenARowBehindTenThousandIsWrong() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      body.append(
          "{\"responseId\":\"r%d\",\"promptId\":\"p\",\"response\":\"%s\",\"embedding\":[1,2]}\n"
              .formatted(i, "x".repeat(1000)));
    }
    Answer refused = project.lines(body + row("last", "p", "[1]")).expect(422, "invalid-input");
    assertThat(refused.pointers()).containsExactly("/10000/embedding");
    assertThat(refused.text()).contains("row 10001 (line 10001): must have 2 numbers, but has 1");
    assertNothingStored();
    project.lines(body + "{\"responseId\":}").expect(400, "malformed-body");
    assertNothingStored();
  }

  @Test
  void namesRowsThatRepeatAResponse() {
    String body =
        row("a", "p", "[1,2]")
            + "\n"
            + row("b", "p", "[1,2]")
            + row("a", "q", "[1,2]")
            + row("b", "p", "[1,2]")
            + row("a", "p", "[1,2]");
    Answer lines = project.lines(body).expect(422, "invalid-input");
    assertThat(lines.pointers()).containsExactly("/2/responseId", "/3/responseId", "/4/responseId");
    assertThat(lines.text())
        .contains("row 3: repeats the response of row 1", "row 4: repeats the response of row 2");
    Answer array = project.array(row("a", "p", "[1,2]") + "," + row("a", "p", "[1,2]"));
    assertThat(array.expect(422, "invalid-input").pointers())
        .containsExactly("/responses/1/responseId");
    assertNothingStored();
  }

  @Test
  void namesAHundredWrongRowsAtMost() {
    Answer refused = project.lines(row("a", "p", "[1,NaN]").repeat(1000));
    assertThat(refused.expect(422, "invalid-input").pointers())
        .hasSize(100)
        .contains("/99/embedding");
    Answer repeated = project.lines(row("a", "p", "[1,2]").repeat(1000));
    assertThat(repeated.expect(422, "invalid-input").pointers()).hasSize(100);
    assertNothingStored();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"responseId\":\"a\",\"promptId\":\"p\",\"embedding\":[1,2,3]}    | 422 | /1/embedding",
        "{\"responseId\":\"a\",\"promptId\":\"p\",\"embedding\":[1,1e39]}   | 422 | /1/embedding",
        "{\"responseId\":\"a\",\"promptId\":\"p\",\"embedding\":[1,-Infinity]} | 422 | /1/embedding",
        "{\"responseId\":\"a\",\"promptId\":\"p\",\"embedding\":\"AAAA\"}   | 422 | /1/embedding",
        "{\"responseId\":\"a\",\"promptId\":\"p\"}                          | 422 | /1/embedding",
        "{\"responseId\":\"a\",\"embedding\":[1,2]}                         | 422 | /1/promptId",
        "{\"responseId\":\"\\u0000\",\"promptId\":\"p\",\"embedding\":[1,2]}| 422 | /1/responseId",
        "{\"responseId\":\"a\\ud800\",\"promptId\":\"p\",\"embedding\":[1,2]} | 422 | /1/responseId",
        "{\"responseId\":\"a\",\"promptId\":\"p\",\"embedding\":[1,2],\"x\":1} | 422 | /1/x",
        "{\"responseId\":\"a\",\"promptId\":\"p\",\"embedding\":[1,2],\"metadata\":{\"\\u0000\":1}} | 422 | /1/metadata",
        "{\"responseId\":\"a\",\"promptId\":\"p\",\"embedding\":[1,2],\"metadata\":{\"a\":1e400}} | 422 | /1/metadata",
        "[]                                                                 | 422 | /1",
        "{\"responseId\":\"a\",\"promptId\":\"p\",\"embedding\":[1,2}       | 400 | /1",
        "{\"responseId\":\"a\",\"responseId\":\"a\"}                        | 400 | /1/responseId",
        "{\"responseId\":\"a\",\"promptId\":\"p\",\"embedding\":[1,2]} {}   | 400 | /1",
        "<xml>secret</xml>                                                  | 400 | /1",
      })
  void storesNothingOfABodyWithAWrongRow(String wrong, int status, String pointer) {
    Answer refused = project.lines(row("r", "p", "[1,2]") + wrong + "\n" + row("s", "p", "[1,2]"));
    assertThat(refused.expect(status).pointers()).containsExactly(pointer);
    assertThat(refused.text()).doesNotContain("secret").doesNotContain("jackson");
    assertNothingStored();
  }

  @Test
  void storesTheExtremesThatAreAllowed() {
    String metadata = "{\"n\":[1e300,1e-300,-0.0,0.10],\"s\":\"\\u0001\uD83D\uDE00\"}";
    String body =
        "{\"responseId\":\"%s\",\"promptId\":\"%s\",\"prompt\":\"%s\",\"response\":\"\",\"metadata\":%s,\"embedding\":[3.4e38,1e-45]}"
            .formatted("😀".repeat(200), "/".repeat(200), "é".repeat(200_000), metadata);
    assertThat(counts(project.lines(body))).containsExactly(1, 1, 0, 0, 1);
    assertThat(counts(project.lines(body))).containsExactly(1, 0, 0, 1, 1);
    JsonNode item = http.get(project.path() + "/responses").expect(200).json().get("items").get(0);
    assertThat(item.get("prompt").asString()).hasSize(200_000);
    assertThat(item.get("metadata").get("s").asString()).isEqualTo("\u0001😀");
  }

  @Test
  void acceptsOnlyTheMediaTypesOfTheContract() {
    String path = project.path() + "/embeddings";
    for (String type : List.of("text/csv", "application/x-ndjson; charset=utf-16", "x", "*/*")) {
      http.post(path, type, row("a", "p", "[1,2]")).expect(415, "unsupported-media-type");
    }
    http.post(path, "application/x-ndjson", "x", "Content-Encoding", "gzip")
        .expect(415, "unsupported-media-type");
    assertThat(
            counts(
                http.post(
                    path,
                    "application/x-ndjson;charset=UTF-8",
                    row("a", "p", "[1,2]"),
                    "Content-Encoding",
                    "identity")))
        .containsExactly(1, 1, 0, 0, 1);
    http.post("/projects/nowhere/embeddings", "text/csv", "x").expect(404, "project-not-found");
  }

  @Test
  void keepsTheDimensionWhileResponsesAreStored() {
    http.put(project.path(), Uploader.settings(3)).expect(200);
    project.lines(row("a", "p", "[1,2,3]")).expect(200);
    http.put(project.path(), Uploader.settings(2)).expect(409, "dimension-conflict");
    http.put(project.path(), Uploader.settings(3)).expect(200);
    assertThat(http.get(project.path()).json().get("counts").get("responses").asLong()).isOne();
  }
}
