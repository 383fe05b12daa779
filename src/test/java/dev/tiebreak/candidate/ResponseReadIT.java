package dev.tiebreak.candidate;

import static dev.tiebreak.candidate.Uploader.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@IntegrationTest
class ResponseReadIT {

  private final Http http;
  private final Responses responses;
  private final Uploader project;

  ResponseReadIT(Http http, JdbcClient jdbc, Responses responses) {
    this.http = http;
    this.responses = responses;
    this.project = Uploader.create(http, jdbc, 2);
  }

  private String path(String responseId) {
    return project.path()
        + "/responses/"
        + URLEncoder.encode(responseId, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Test
  void listsPagesInTheOrderOfFirstUpload() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      body.append(row("r" + i, "p", "[" + i + ",0.1]"));
    }
    project.lines(body.toString()).expect(200);
    List<String> ids = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    while (cursor != null) {
      JsonNode page =
          http.get(project.path() + "/responses?limit=10&include=embedding" + cursor)
              .expect(200)
              .json();
      for (JsonNode item : page.get("items")) {
        assertThat(item.get("embedding").get(0).asInt()).isEqualTo(ids.size());
        assertThat(item.get("embedding").get(1).toString()).isEqualTo("0.1");
        ids.add(item.get("responseId").asString());
      }
      String next = page.get("nextCursor").isNull() ? null : page.get("nextCursor").asString();
      cursor = next == null ? null : "&cursor=" + next;
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(ids).hasSize(25).startsWith("r0", "r1").endsWith("r24");
  }

  @Test
  void endsAPageEarlyWhereResponsesAreLarge() {
    for (int upload = 0; upload < 3; upload++) {
      StringBuilder body = new StringBuilder();
      for (int i = 0; i < 10; i++) {
        body.append(
            "{\"responseId\":\"%d-%d\",\"promptId\":\"p\",\"prompt\":\"%s\",\"response\":\"%s\",\"embedding\":[0,0]}\n"
                .formatted(upload, i, "é".repeat(199_999), "é".repeat(199_999)));
      }
      project.lines(body.toString()).expect(200);
    }
    JsonNode page = http.get(project.path() + "/responses?limit=1000").expect(200).json();
    assertThat(page.get("items").size()).isBetween(2, 15);
    assertThat(page.get("nextCursor").isNull()).isFalse();
  }

  @Test
  void hasNoItemsWithoutResponses() {
    Answer page = http.get(project.path() + "/responses").expect(200);
    assertThat(page.text()).isEqualTo("{\"items\":[],\"nextCursor\":null}");
  }

  @Test
  void refusesWrongQueries() {
    for (String query : List.of("include=all", "limit=0", "limit=1001", "limit=x", "cursor=x")) {
      http.get(project.path() + "/responses?" + query).expect(422, "invalid-input");
    }
    http.get("/projects/nowhere/responses").expect(404, "project-not-found");
    http.get("/projects/nowhere/responses/r").expect(404, "project-not-found");
    http.get(path("nowhere")).expect(404, "response-not-found");
    http.get(path("nowhere") + "?include=x").expect(422, "invalid-input");
    http.get(path("x".repeat(201))).expect(404, "response-not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b", "..a..", "100%", "a%2Fb", "a;b=c", "a\\b", "ä 😀", "a?b#c", "a+b", "a:b,c", "//"
      })
  void findsAResponseOfAnyId(String responseId) {
    String json = responseId.replace("\\", "\\\\");
    project
        .lines(
            "{\"responseId\":\"%s\",\"promptId\":\"p\",\"metadata\":{\"k\":[1]},\"embedding\":[1,-2.5]}"
                .formatted(json))
        .expect(200);
    JsonNode found = http.get(path(responseId) + "?include=embedding").expect(200).json();
    assertThat(found.get("responseId").asString()).isEqualTo(responseId);
    assertThat(found.get("embedding").toString()).isEqualTo("[1.0,-2.5]");
    assertThat(found.get("metadata").toString()).isEqualTo("{\"k\":[1]}");
    assertThat(http.get(path(responseId)).expect(200).json().has("embedding")).isFalse();
  }

  @Test
  void tellsOtherModulesTextsAndOrdinals() {
    project
        .lines(
            row("a", "p", "[1,2]")
                + "{\"responseId\":\"b\",\"promptId\":\"q\",\"prompt\":\"Q\",\"response\":\"A\",\"metadata\":{\"k\":1},\"embedding\":[1,2]}")
        .expect(200);
    long id = project.projectId();
    assertThat(responses.ordinals(id, List.of("b", "a", "none")))
        .isEqualTo(Map.of("a", 1L, "b", 2L));
    assertThat(responses.texts(id, List.of(2L, 1L, 9L)))
        .isEqualTo(
            Map.of(
                1L, new ResponseText("a", "p", null, null, null),
                2L, new ResponseText("b", "q", "Q", "A", "{\"k\": 1}")));
    assertThat(project.tally()).isEqualTo(new Tally(2, 2, 0, 1));
    assertThat(responses.ordinals(id, List.of())).isEmpty();
  }
}
