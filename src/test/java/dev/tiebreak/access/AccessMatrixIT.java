package dev.tiebreak.access;

import static dev.tiebreak.access.Role.ADMIN;
import static dev.tiebreak.access.Role.ANNOTATOR;
import static dev.tiebreak.access.Role.OBSERVER;
import static dev.tiebreak.access.Role.TRAINER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.AuthenticatedTest;
import dev.tiebreak.Http;
import dev.tiebreak.WrittenContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every operation of the written contract × credentials × grants × objects, against what {@link
 * #TABLE} declares. The table is written here once more on purpose: what it says is the contract's
 * word, not the code's.
 */
@AuthenticatedTest
class AccessMatrixIT {

  private static final String OWN = "matrix-own";
  private static final String OTHER = "matrix-other";
  private static final String ABSENT = "matrix-absent";
  private static final List<String> OBJECTS = List.of(OWN, OTHER, ABSENT);
  private static final String ANN = "matrix-annotator";

  /** What an operation is done to. */
  private enum Kind {
    OPEN,
    PROJECT,
    LEASE,
    NEW_KEY,
    /** Nothing in particular. */
    NONE,
    ALL_PROJECTS
  }

  /** Who may, beside ADMIN, and to what. */
  private record Entry(Kind kind, Role... roles) {}

  private static final Map<String, Entry> TABLE = table();

  private static Map<String, Entry> table() {
    Map<String, Entry> table = new TreeMap<>();
    Entry any = new Entry(Kind.PROJECT, TRAINER, ANNOTATOR, OBSERVER);
    Entry trainer = new Entry(Kind.PROJECT, TRAINER);
    Entry admin = new Entry(Kind.PROJECT);
    table.put("GET /projects", new Entry(Kind.NONE, TRAINER, ANNOTATOR, OBSERVER));
    table.put("GET /projects/{project}", any);
    table.put("PUT /projects/{project}", admin);
    table.put("DELETE /projects/{project}", admin);
    for (String path :
        List.of(
            "POST embeddings",
            "GET responses",
            "GET responses/{responseId}",
            "GET verdicts",
            "POST verdicts",
            "POST refits",
            "GET refits/{number}",
            "GET batches",
            "GET batches/{number}",
            "POST replays",
            "GET replays",
            "GET replays/{number}",
            "DELETE replays/{number}",
            "GET replays/{number}/curves",
            "GET replays/{number}/points",
            "GET replays/{number}/differences",
            "GET replays/{number}/ratios",
            "GET replays/{number}/diversity",
            "GET replays/{number}/costs",
            "GET replays/{number}/ablations",
            "GET replays/{number}/charts/{chart}",
            "GET model",
            "POST scores",
            "GET rewards",
            "GET export")) {
      table.put(path.replace(" ", " /projects/{project}/"), trainer);
    }
    table.put("GET /projects/{project}/refits", new Entry(Kind.PROJECT, TRAINER, OBSERVER));
    table.put(
        "GET /projects/{project}/batches/{number}/map", new Entry(Kind.PROJECT, TRAINER, OBSERVER));
    table.put("GET /projects/{project}/progress", new Entry(Kind.PROJECT, OBSERVER));
    table.put("GET /next-batch", new Entry(Kind.PROJECT, ANNOTATOR));
    table.put("POST /verdicts", new Entry(Kind.LEASE, ANNOTATOR));
    table.put("DELETE /leases/{lease}", new Entry(Kind.LEASE, ANNOTATOR));
    table.put("POST /leases/{lease}/renewal", new Entry(Kind.LEASE, ANNOTATOR));
    table.put("POST /keys", new Entry(Kind.NEW_KEY));
    table.put("GET /keys", new Entry(Kind.NONE));
    table.put("DELETE /keys/{key}", new Entry(Kind.NONE));
    table.put("GET /audit", new Entry(Kind.NONE));
    table.put("GET /metrics", new Entry(Kind.ALL_PROJECTS, OBSERVER));
    for (String path : List.of("/livez", "/readyz", "/openapi.yaml", "/docs")) {
      table.put("GET " + path, new Entry(Kind.OPEN));
    }
    return table;
  }

  /**
   * Somebody who sends requests.
   *
   * @param role null: nobody who is known
   * @param projects granted; null: all
   */
  private record Actor(
      String name, String[] headers, @Nullable Role role, @Nullable Set<String> projects) {

    boolean covers(String project) {
      return projects == null || projects.contains(project);
    }
  }

  private final Http http;
  private final Credentials credentials;
  private final KeyIssue issue;
  private final Map<String, String> leases = new LinkedHashMap<>();

  AccessMatrixIT(Http http, KeyIssue issue) {
    this.http = http;
    this.issue = issue;
    this.credentials = new Credentials(issue);
  }

  @BeforeEach
  void makeProjects() {
    String[] all = credentials.bearer(ANN, null, ADMIN);
    for (String project : List.of(OWN, OTHER)) {
      String path = "/projects/" + project;
      http.put(path, Map.of("dimension", 1, "pairing", "ANY"), all);
      String rows =
          """
          {"promptId":"p","responseId":"a","embedding":[1]}
          {"promptId":"p","responseId":"b","embedding":[2]}
          {"promptId":"p","responseId":"c","embedding":[4]}
          """;
      http.post(path + "/embeddings", "application/x-ndjson", rows, all).expect(200);
      http.postJson(path + "/refits?wait=60", "{}", all).expect(200);
      JsonNode batch =
          http.get("/next-batch?size=1&project=" + project, all).expect(200).json().path("items");
      leases.put(project, batch.path(0).path("lease").asString());
    }
    leases.put(ABSENT, leases.get(OWN).replace(OWN, ABSENT));
  }

  private List<Actor> actors() {
    List<Actor> actors = new ArrayList<>();
    actors.add(new Actor("nobody", new String[0], null, null));
    actors.add(new Actor("wrong key", Credentials.bearer(KeyToken.random().text()), null, null));
    KeyIssue.Issued good = credentials.issue(ANN, null, ADMIN);
    KeyToken altered = new KeyToken(good.token().id(), KeyToken.random().secret());
    actors.add(new Actor("wrong secret", Credentials.bearer(altered.text()), null, null));
    KeyIssue.Issued revoked = credentials.issue(ANN, null, ADMIN);
    issue.revoke(revoked.key().key(), null);
    actors.add(new Actor("revoked", Credentials.bearer(revoked.token().text()), null, null));
    for (Role role : Role.values()) {
      for (Set<String> projects : Arrays.asList(Set.of(OWN), Set.of(OTHER), null)) {
        actors.add(
            new Actor(
                role + " of " + (projects == null ? "all" : projects),
                credentials.bearer(ANN, projects, role),
                role,
                projects));
      }
    }
    return actors;
  }

  @Test
  void everyOperationIsInTheTableAndTheRules() {
    Set<String> written = operations();
    assertThat(TABLE.keySet()).isEqualTo(written);
    Set<String> ruled = new TreeSet<>();
    AccessRules.TABLE.stream()
        .filter(rule -> !rule.page())
        .forEach(rule -> ruled.add(rule.operation()));
    assertThat(ruled).isEqualTo(written);
  }

  private static Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    WrittenContract.document()
        .getPaths()
        .forEach((path, item) ->
            item.readOperationsMap()
                .keySet()
                .forEach(method -> operations.add(method + " " + path)));
    return operations;
  }

  @Test
  void everyCellIsAsDeclared() {
    List<String> wrong = new ArrayList<>();
    int cells = 0;
    for (Actor actor : actors()) {
      for (String operation : operations()) {
        for (String object : OBJECTS) {
          Answer answer = send(operation, object, actor.headers());
          String expected = expected(TABLE.get(operation), actor, object);
          if (!found(answer).equals(expected)) {
            wrong.add(
                "%s: %s to %s → %d, not %s"
                    .formatted(actor.name(), operation, object, answer.status(), expected));
          }
          cells++;
        }
      }
    }
    assertThat(wrong).as("of " + cells + " cells").isEmpty();
    assertThat(cells).isEqualTo(16 * operations().size() * OBJECTS.size());
  }

  private static String expected(Entry entry, Actor actor, String object) {
    if (entry.kind() == Kind.OPEN) {
      return "passed";
    }
    if (actor.role() == null) {
      return "401";
    }
    if (actor.role() != ADMIN && !List.of(entry.roles()).contains(actor.role())) {
      return "403";
    }
    boolean covered = actor.covers(object);
    return switch (entry.kind()) {
      case PROJECT, NEW_KEY -> covered ? "passed" : "403";
      case LEASE -> covered && !object.equals(ABSENT) ? "passed" : "lease-not-found";
      case ALL_PROJECTS -> actor.projects() == null ? "passed" : "403";
      case OPEN, NONE -> "passed";
    };
  }

  private static String found(Answer answer) {
    return switch (answer.status()) {
      case 401 -> answer.problem().equals("unauthorized") ? "401" : answer.text();
      case 403 -> answer.problem().equals("forbidden") ? "403" : answer.text();
      case 404 -> answer.problem().equals("lease-not-found") ? "lease-not-found" : "passed";
      default -> answer.status() < 500 ? "passed" : Integer.toString(answer.status());
    };
  }

  /** A request that changes nothing of note where it passes. */
  private Answer send(String operation, String object, String... headers) {
    String[] parts = operation.split(" ");
    String path =
        parts[1]
            .replace("{project}", object)
            .replace("{lease}", leases.get(object))
            .replace("{responseId}", "a")
            .replace("{number}", "1")
            .replace("{chart}", "accuracy")
            .replace("{key}", "0".repeat(16));
    String body =
        switch (operation) {
          case "POST /verdicts" ->
              "{\"lease\":\"%s\",\"preference\":\"TIE\"}".formatted(leases.get(object));
          case "POST /keys" ->
              "{\"name\":\"k\",\"roles\":[\"OBSERVER\"],\"projects\":[\"%s\"]}".formatted(object);
          default -> "{\"nonsense\":1}";
        };
    return switch (operation) {
      case "GET /next-batch" -> http.get("/next-batch?size=1&project=" + object, headers);
      case "GET /projects/{project}/export" -> http.get(path + "?format=trl", headers);
      case "GET /projects/{project}/replays/{number}/charts/{chart}" ->
          http.get(path, with(headers, "Accept", "image/png"));
      default ->
          parts[0].equals("POST") || parts[0].equals("PUT")
              ? http.send(parts[0], path, "application/json", body, headers)
              : parts[0].equals("DELETE") ? http.delete(path, headers) : http.get(path, headers);
    };
  }

  private static String[] with(String[] headers, String... more) {
    return Stream.of(headers, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  @Test
  void whatIsNotGrantedIsRefusedInTheSameWordsWhetherItIsThereOrNot() {
    for (Role role : Role.values()) {
      String[] bearer = credentials.bearer(ANN, Set.of(OWN), role);
      for (String operation : operations()) {
        if (TABLE.get(operation).kind() != Kind.NONE) {
          Answer there = send(operation, OTHER, bearer);
          Answer absent = send(operation, ABSENT, bearer);
          assertThat(absent.status()).as(operation).isEqualTo(there.status());
          if (there.status() >= 400) {
            assertThat(absent.text().replace(ABSENT, OTHER))
                .as(operation)
                .isEqualTo(
                    there.text().replace(leases.get(OTHER), leases.get(OWN).replace(OWN, OTHER)));
          }
        }
      }
    }
  }

  @Test
  void listsHoldNothingThatIsNotGranted() {
    String[] bearer = credentials.bearer(ANN, Set.of(OWN), ADMIN);
    credentials.issue("of-all", null, OBSERVER);
    credentials.issue("of-both", Set.of(OWN, OTHER), OBSERVER);
    credentials.issue("of-own", Set.of(OWN), OBSERVER);
    assertThat(texts(http.get("/projects?limit=1000", bearer), "project")).containsExactly(OWN);
    Answer keys = http.get("/keys?limit=1000", bearer).expect(200);
    assertThat(texts(keys, "name")).contains("of-own").doesNotContain("of-all", "of-both");
    assertThat(keys.text()).doesNotContain(OTHER);
    assertThat(texts(http.get("/audit?limit=1000", bearer), "project")).containsOnly(OWN);
    Answer batch = http.get("/next-batch?size=100", bearer).expect(200);
    assertThat(batch.text()).doesNotContain(OTHER);
    Answer all =
        http.get(
            "/next-batch?size=100", credentials.bearer("x", Set.of("matrix-other"), ANNOTATOR));
    assertThat(all.expect(200).json().path("project").asString("")).isIn(OTHER, "");
  }

  private static List<String> texts(Answer answer, String field) {
    return answer
        .expect(200)
        .json()
        .path("items")
        .valueStream()
        .map(item -> item.path(field).asString())
        .toList();
  }
}
