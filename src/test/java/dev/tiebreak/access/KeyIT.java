package dev.tiebreak.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.Answer;
import dev.tiebreak.AuthenticatedTest;
import dev.tiebreak.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@AuthenticatedTest
class KeyIT {

  private final Http http;
  private final JdbcClient jdbc;
  private final Credentials credentials;
  private final String[] admin;

  KeyIT(Http http, JdbcClient jdbc, KeyIssue issue) {
    this.http = http;
    this.jdbc = jdbc;
    this.credentials = new Credentials(issue);
    this.admin = credentials.bearer("key-admin", null, Role.ADMIN);
  }

  @Test
  void aKeyWorksUntilItIsRevoked() {
    JsonNode made =
        http.postJson("/keys", Map.of("name", "k", "roles", List.of("OBSERVER")), admin)
            .expect(201)
            .json();
    String[] bearer = Credentials.bearer(made.path("secret").asString());
    http.get("/projects", bearer).expect(200);
    http.delete("/keys/" + made.path("key").asString(), admin).expect(204);
    Answer refused = http.get("/projects", bearer).expect(401, "unauthorized");
    assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer").contains("invalid_token");
    http.delete("/keys/" + made.path("key").asString(), admin).expect(204);
    http.delete("/keys/nobodys", admin).expect(404, "key-not-found");
  }

  @Test
  void aKeyEndsAtItsTime() {
    Answer made =
        http.postJson(
                "/keys",
                Map.of("name", "k", "roles", List.of("ADMIN"), "expiresAt", "2020-01-01T00:00:00Z"),
                admin)
            .expect(201);
    http.get("/projects", Credentials.bearer(made.json().path("secret").asString())).expect(401);
  }

  @Test
  void theSecretIsToldOnceAndStoredNowhere() {
    KeyIssue.Issued issued = credentials.issue("key-secret", null, Role.OBSERVER);
    assertThat(http.get("/keys?limit=1000", admin).expect(200).text())
        .contains(issued.token().id())
        .doesNotContain(issued.token().secret());
    assertThat(http.get("/audit?limit=1000", admin).expect(200).text())
        .contains(issued.token().id())
        .doesNotContain(issued.token().secret());
    assertThat(jdbc.sql("select row_to_json(k)::text from api_key k").query(String.class).list())
        .noneMatch(row -> row.contains(issued.token().secret()));
    assertThat(issued.token().toString()).doesNotContain(issued.token().secret());
  }

  @Test
  void keysAreListedByPages() {
    for (int i = 0; i < 3; i++) {
      credentials.issue("key-page-" + i, null, Role.OBSERVER);
    }
    List<String> names = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = http.get("/keys?limit=2" + cursor, admin).expect(200).json();
      page.path("items").forEach(item -> names.add(item.path("name").asString()));
      page.path("items").forEach(item -> ids.add(item.path("key").asString()));
      cursor = "&cursor=" + page.path("nextCursor").asString("");
    } while (cursor.length() > "&cursor=".length() && names.size() < 100_000);
    assertThat(names).containsSubsequence("key-page-2", "key-page-1", "key-page-0");
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void whatIsWrongWithAKeyIsSaid() {
    assertThat(
            http.postJson("/keys", "{\"roles\":[\"ROOT\"],\"name\":\"k\"}", admin)
                .expect(422, "invalid-input")
                .pointers())
        .containsExactly("/roles/0");
    assertThat(http.postJson("/keys", "{}", admin).expect(422, "invalid-input").pointers())
        .containsExactlyInAnyOrder("/name", "/roles");
    http.postJson("/keys", "{\"name\":\"k\",\"roles\":[]}", admin).expect(422, "invalid-input");
    http.postJson(
            "/keys", "{\"name\":\"k\",\"roles\":[\"ADMIN\"],\"projects\":[\"key-nowhere\"]}", admin)
        .expect(422, "invalid-input");
    http.postJson("/keys", "{\"name\":\"k\",\"role\":[]}", admin).expect(400, "unknown-field");
  }

  @Test
  void whoIsBoundToProjectsCannotReachFurther() {
    http.put("/projects/key-bound", Map.of("dimension", 1), admin);
    http.put("/projects/key-beyond", Map.of("dimension", 1), admin);
    String[] bound = credentials.bearer("key-bound", Set.of("key-bound"), Role.ADMIN);
    String role = "{\"name\":\"k\",\"roles\":[\"ADMIN\"]";
    http.postJson("/keys", role + "}", bound).expect(403, "forbidden");
    http.postJson("/keys", role + ",\"projects\":[\"key-beyond\"]}", bound).expect(403);
    http.postJson("/keys", role + ",\"projects\":[\"key-bound\",\"key-beyond\"]}", bound)
        .expect(403);
    http.postJson("/keys", role + ",\"projects\":[\"key-bound\"]}", bound).expect(201);
    http.put("/projects/key-new", Map.of("dimension", 1), bound).expect(403);
    http.get("/projects/key-new", admin).expect(404);
    KeyIssue.Issued ofAll = credentials.issue("k", null, Role.ADMIN);
    http.delete("/keys/" + ofAll.key().key(), bound).expect(404, "key-not-found");
    http.get("/projects", Credentials.bearer(ofAll.token().text())).expect(200);
  }

  @Test
  void actsAreOnRecordWithWhoDidThem() {
    http.put("/projects/key-audit", Map.of("dimension", 1), admin).expect(201);
    http.put("/projects/key-audit", Map.of("dimension", 2), admin).expect(200);
    http.delete("/projects/key-audit?confirm=key-audit", withRequestId("audit-1")).expect(204);
    List<JsonNode> acts =
        http.get("/audit?limit=1000", admin)
            .expect(200)
            .json()
            .path("items")
            .valueStream()
            .filter(entry -> entry.path("project").asString("").equals("key-audit"))
            .toList();
    assertThat(acts)
        .extracting(entry -> entry.path("action").asString())
        .containsExactly("PROJECT_REMOVED", "PROJECT_CHANGED", "PROJECT_CREATED");
    assertThat(acts).allMatch(entry -> entry.path("principal").asString().equals("key-admin"));
    assertThat(acts.getFirst().path("requestId").asString()).isEqualTo("audit-1");
  }

  private String[] withRequestId(String id) {
    return new String[] {admin[0], admin[1], "X-Request-Id", id};
  }

  @Test
  void theServiceCannotRewriteTheRecord() {
    for (String sql :
        List.of(
            "update audit set principal = 'x'",
            "delete from audit",
            "truncate audit",
            "delete from api_key",
            "update api_key set roles = array['ADMIN']")) {
      assertThatThrownBy(() -> jdbc.sql(sql).update())
          .isInstanceOf(DataAccessException.class)
          .hasStackTraceContaining("permission denied");
    }
  }

  @Test
  void anAnnotatorIsTheirOwnPrincipal() {
    http.put("/projects/key-annotator", Map.of("dimension", 1), admin);
    String[] ann = credentials.bearer("key-ann", Set.of("key-annotator"), Role.ANNOTATOR);
    http.get("/next-batch?project=key-annotator", ann).expect(200);
    http.get("/next-batch?project=key-annotator&annotator=key-ann", ann).expect(200);
    http.get("/next-batch?project=key-annotator&annotator=else", ann).expect(403, "forbidden");
    http.get("/next-batch?annotator=else", ann).expect(403, "forbidden");
    http.get("/projects/key-annotator", ann).expect(200);
    http.get("/projects/key-annotator/verdicts", ann).expect(403, "forbidden");
  }

  @Test
  void aTokenOfTheIssuerIsAsGoodAsAKey() {
    http.put("/projects/key-token", Map.of("dimension", 1), admin);
    String[] trainer =
        Credentials.bearer(
            LocalIssuer.TRUSTED.token(Map.of("roles", "TRAINER", "projects", "key-token")));
    http.get("/projects/key-token/verdicts", trainer).expect(200);
    http.get("/projects/key-elsewhere/verdicts", trainer).expect(403, "forbidden");
    http.get("/keys", trainer).expect(403, "forbidden");
    String foreign = LocalIssuer.TRUSTED.token(claims -> claims.audience("another"));
    http.get("/projects", Credentials.bearer(foreign)).expect(401, "unauthorized");
  }

  @Test
  void whatTheTableLacksIsNotReached() {
    http.get("/nowhere").expect(401, "unauthorized");
    http.get("/nowhere", admin).expect(404, "path-not-found");
    http.get("/error", admin).expect(404, "path-not-found");
    assertThat(
            http.send("PATCH", "/projects/a", "application/json", "{}", admin)
                .expect(405, "method-not-allowed")
                .header("Allow"))
        .isEqualTo("DELETE, GET, PUT");
    http.get("/nowhere/", admin).expect(404);
  }
}
