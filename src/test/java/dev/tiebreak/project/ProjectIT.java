package dev.tiebreak.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@IntegrationTest
class ProjectIT {

  private static final String EVERYTHING =
      """
      {"dimension":3,"pairing":"CROSS_PROMPT","strategy":"MAX_ENTROPY","batchSize":10000,"refitAfter":1000000000,
       "lowWater":1000000,"overlap":100,"leaseSeconds":86400,"maxLeasesPerAnnotator":1000,"prior":"SPECTRAL",
       "priorPrecision":0.5,"priorExponent":0.0,"promptEffect":0.001,"annotatorReliability":100.0,
       "tieModel":"DAVIDSON","randomShare":1.0,"candidateLimit":9223372036854775807,
       "seed":-9223372036854775808,"priority":-2147483648,"instructions":"**Choose** \uD83D\uDE00","verdictCost":100,
       "verdictBudget":0}
      """;

  private final Http http;
  private final JdbcClient jdbc;

  ProjectIT(Http http, JdbcClient jdbc) {
    this.http = http;
    this.jdbc = jdbc;
  }

  private static ObjectNode withoutProgress(Answer answer) {
    ObjectNode project = (ObjectNode) answer.json();
    project.remove(List.of("project", "counts", "createdAt", "updatedAt"));
    return project;
  }

  @Test
  void whatIsOmittedOrNullTakesItsDefault() {
    JsonNode defaults =
        new JsonMapper()
            .readTree(
                """
                {"dimension":7,"pairing":"IN_PROMPT","strategy":"I_OPTIMAL","batchSize":100,"refitAfter":25,
                 "lowWater":50,"overlap":1,"leaseSeconds":600,"maxLeasesPerAnnotator":20,"prior":"HIERARCHICAL",
                 "priorPrecision":"AUTO","priorExponent":"AUTO","promptEffect":"AUTO",
                 "annotatorReliability":"NONE","tieModel":"HALF","randomShare":0.1,"candidateLimit":null,"seed":0,
                 "priority":0,"instructions":null,"verdictCost":null,"verdictBudget":null}
                """);
    assertThat(
            withoutProgress(http.put("/projects/put-defaults", Map.of("dimension", 7)).expect(201)))
        .isEqualTo(defaults);
    http.put("/projects/put-defaults", EVERYTHING).expect(200);
    ObjectNode nulls = new JsonMapper().createObjectNode().put("dimension", 7);
    defaults.propertyNames().stream().filter(n -> !n.equals("dimension")).forEach(nulls::putNull);
    assertThat(withoutProgress(http.put("/projects/put-defaults", nulls).expect(200)))
        .isEqualTo(defaults);
  }

  @Test
  void theSameSettingsAgainChangeNothing() {
    Answer created = http.put("/projects/put-same", EVERYTHING).expect(201);
    assertThat(created.header("Location")).isEqualTo("/projects/put-same");
    assertThat(withoutProgress(created)).isEqualTo(new JsonMapper().readTree(EVERYTHING));
    assertThat(http.put("/projects/put-same", EVERYTHING).expect(200).text())
        .isEqualTo(created.text());
    assertThat(http.get("/projects/put-same").expect(200).text()).isEqualTo(created.text());
    for (String cost : List.of("0.10", "1e2", "0", "12345678.25", "1e-7", "1000000000000")) {
      String body = "{\"dimension\":3,\"verdictCost\":" + cost + "}";
      JsonNode first = http.put("/projects/put-same", body).expect(200).json();
      assertThat(http.put("/projects/put-same", body).expect(200).json()).isEqualTo(first);
      assertThat(first.path("verdictCost").asDouble()).isEqualTo(Double.parseDouble(cost));
    }
    assertThat(http.get("/projects/put-same").json().path("updatedAt").asString())
        .isGreaterThan(created.json().path("updatedAt").asString());
    assertThat(http.get("/projects/put-same").json().path("createdAt"))
        .isEqualTo(created.json().path("createdAt"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dimension             | 0, 16385, 1.5, 1e9, "3", true, [], 99999999999999999999999
          pairing               | "in_prompt", "NONE", 1, []
          strategy              | "epig", "BEST", 0
          batchSize             | 0, 10001, -1, 1e2, "100"
          refitAfter            | 0, 1000000001
          lowWater              | -1, 1000001
          overlap               | 0, 101
          leaseSeconds          | 0, 86401
          maxLeasesPerAnnotator | 0, 1001
          prior                 | "FLAT"
          priorPrecision        | 0, -1, "auto", "1", 1e400, true
          priorExponent         | -0.5, "auto", 1e400
          promptEffect          | 0, -1, "none", 100.5, true
          annotatorReliability  | 0, 0.0001, "auto", []
          tieModel              | "half", 1, "NONE"
          randomShare           | -0.1, 1.1, "0.1", 1e400
          candidateLimit        | 0, -1, 9223372036854775808, 1.5
          seed                  | 9223372036854775808, 0.5, "0"
          priority              | 2147483648, -2147483649
          instructions          | 5, "\\u0000", "\\ud83d"
          verdictCost           | -1, "1", 1e13
          verdictBudget         | -1, 1.5, "10"
          """)
  void aSettingOutOfRangeOrOfTheWrongTypeIsNamed(String setting, String values) {
    for (String value : values.split(", ")) {
      String dimension = setting.equals("dimension") ? "" : "\"dimension\":3,";
      String body = "{" + dimension + "\"" + setting + "\":" + value + "}";
      assertThat(http.put("/projects/put-range", body).expect(422, "invalid-input").pointers())
          .as(body)
          .containsExactly("/" + setting);
    }
    http.get("/projects/put-range").expect(404, "project-not-found");
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    assertThat(
            http.put("/projects/put-many", "{\"overlap\":0,\"seed\":\"x\"}").expect(422).pointers())
        .containsExactlyInAnyOrder("/dimension", "/overlap", "/seed");
    assertThat(
            http.put("/projects/put-many", "{\"dimension\":3,\"dimensions\":3,\"Overlap\":1}")
                .expect(400, "unknown-field")
                .pointers())
        .containsExactlyInAnyOrder("/dimensions", "/Overlap");
    http.put("/projects/put-many", "{\"dimension\":3,\"dimension\":4}")
        .expect(400, "malformed-body");
  }

  @Test
  void instructionsMayHaveTwentyThousandCharacters() {
    String most = "\uD83D\uDE00".repeat(20_000);
    http.put("/projects/put-instructions", Map.of("dimension", 1, "instructions", most))
        .expect(201);
    assertThat(http.get("/projects/put-instructions").json().path("instructions").asString())
        .isEqualTo(most);
    http.put("/projects/put-instructions", Map.of("dimension", 1, "instructions", most + "x"))
        .expect(422, "invalid-input");
  }

  @Test
  void effectsAreOffGivenOrLeftToTheEvidence() {
    for (Object value : List.of("AUTO", 0.5, "NONE")) {
      Map<String, Object> body =
          Map.of("dimension", 2, "promptEffect", value, "annotatorReliability", value);
      http.put("/projects/put-effects", body);
      JsonNode project = http.get("/projects/put-effects").expect(200).json();
      assertThat(project.path("promptEffect")).isEqualTo(new JsonMapper().valueToTree(value));
      assertThat(project.path("annotatorReliability"))
          .isEqualTo(new JsonMapper().valueToTree(value));
    }
  }

  @Test
  void anExponentBelongsToTheSpectralPriorOnly() {
    Map<String, Object> isotropic =
        Map.of("dimension", 2, "prior", "ISOTROPIC", "priorPrecision", 2.5);
    JsonNode project = http.put("/projects/put-prior", isotropic).expect(201).json();
    assertThat(project.path("priorExponent").isNull()).isTrue();
    assertThat(project.path("priorPrecision").asDouble()).isEqualTo(2.5);
    http.put(
            "/projects/put-prior", Map.of("dimension", 2, "prior", "ISOTROPIC", "priorExponent", 1))
        .expect(422, "invalid-input");
    http.put(
            "/projects/put-prior",
            Map.of("dimension", 2, "prior", "ISOTROPIC", "priorExponent", "AUTO"))
        .expect(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Upper", "-a", "a_b", "a.b", "%C3%A4", "a%20b", "%F0%9F%98%80"})
  void aNameMustBeASlug(String name) {
    http.put("/projects/" + name, Map.of("dimension", 1)).expect(422, "invalid-input");
    http.get("/projects/" + name).expect(404, "project-not-found");
  }

  @Test
  void aNameHasAtMostSixtyThreeCharacters() {
    String longest = "9" + "-a".repeat(31);
    http.put("/projects/" + longest, Map.of("dimension", 1)).expect(201);
    http.put("/projects/" + longest + "x", Map.of("dimension", 1)).expect(422, "invalid-input");
    http.get("/projects/" + "x".repeat(62) + "%F0%9F%98%80").expect(404, "project-not-found");
  }

  @Test
  void projectsAreListedInPages() {
    for (int i = 0; i < 5; i++) {
      http.put("/projects/put-list-" + i, Map.of("dimension", 1)).expect(201);
    }
    List<String> names = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = http.get("/projects?limit=2" + cursor).expect(200).json();
      assertThat(page.path("items").size()).isBetween(1, 2);
      page.path("items").forEach(item -> names.add(item.path("project").asString()));
      JsonNode next = page.path("nextCursor");
      cursor = next.isNull() ? null : "&cursor=" + next.asString();
    }
    assertThat(names)
        .doesNotHaveDuplicates()
        .containsSubsequence("put-list-0", "put-list-1", "put-list-2", "put-list-3", "put-list-4");
    for (String limit : List.of("0", "1001", "-1", "abc", "1000000000000", "1.5")) {
      http.get("/projects?limit=" + limit).expect(422, "invalid-input");
    }
    for (String bad : List.of("x", "%00", "AAAAAAAAAA.", "%F0%9F%98%80", "AAAAAAAAAAAA")) {
      http.get("/projects?cursor=" + bad).expect(422, "invalid-input");
    }
  }

  @Test
  void sixteenAtOnceCreateOneProject() throws Exception {
    List<Future<Integer>> puts = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 16; i++) {
        int seed = i;
        puts.add(
            threads.submit(() ->
                http.put("/projects/put-at-once", Map.of("dimension", 2, "seed", seed)).status()));
      }
    }
    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> put : puts) {
      statuses.add(put.get());
    }
    assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
  }

  @Test
  void anotherDimensionIsRefusedWhileEmbeddingsAreStored() {
    http.put("/projects/put-dimension", Map.of("dimension", 2)).expect(201);
    http.put("/projects/put-dimension", Map.of("dimension", 3)).expect(200);
    http.post(
            "/projects/put-dimension/embeddings",
            "application/x-ndjson",
            "{\"promptId\":\"p\",\"responseId\":\"r\",\"embedding\":[1,2,3]}")
        .expect(200);
    http.put("/projects/put-dimension", Map.of("dimension", 2, "overlap", 5))
        .expect(409, "dimension-conflict");
    assertThat(http.get("/projects/put-dimension").json().path("overlap").asInt()).isEqualTo(1);
    http.put("/projects/put-dimension", Map.of("dimension", 3, "overlap", 5)).expect(200);
  }

  @Test
  void removalNeedsItsNameAgainAndLeavesNothing() {
    http.put("/projects/put-removed", Map.of("dimension", 2, "pairing", "ANY")).expect(201);
    http.post(
            "/projects/put-removed/embeddings",
            "application/x-ndjson",
            """
            {"promptId":"p","responseId":"r","embedding":[1,2]}
            {"promptId":"p","responseId":"s","embedding":[2,1]}
            {"promptId":"p","responseId":"t","embedding":[0,1]}
            """)
        .expect(200);
    http.post("/projects/put-removed/refits?wait=60").expect(200);
    JsonNode items =
        http.get("/next-batch?project=put-removed&annotator=a").expect(200).json().path("items");
    http.postJson(
            "/verdicts",
            Map.of("lease", items.path(0).path("lease").asString(), "preference", "LEFT"))
        .expect(200);
    http.post("/projects/put-removed/refits?wait=60").expect(200);
    long id =
        jdbc.sql("select project_id from project where slug = 'put-removed'")
            .query(Long.class)
            .single();
    List<String> tables =
        jdbc.sql(
                """
                select c.table_name from information_schema.columns c
                join information_schema.tables t using (table_schema, table_name)
                where c.column_name = 'project_id' and t.table_type = 'BASE TABLE' and c.table_schema = current_schema()
                  and has_table_privilege(to_regclass(c.table_name), 'select')
                """)
            .query((row, n) -> row.getString(1))
            .list();
    assertThat(tables).contains("project", "verdict", "lease", "slot", "fit", "selection");
    for (String confirm : List.of("", "?confirm=", "?confirm=put-remove", "?confirm=%00")) {
      http.delete("/projects/put-removed" + confirm).expect(422, "invalid-input");
    }
    http.delete("/projects/put-nowhere?confirm=put-nowhere").expect(404, "project-not-found");
    // leases are still out, and a round may be under way
    http.post("/projects/put-removed/refits");
    http.delete("/projects/put-removed?confirm=put-removed").expect(204);
    for (String table : tables) {
      assertThat(
              jdbc.sql("select count(*) from " + table + " where project_id = ?")
                  .param(id)
                  .query(Long.class)
                  .single())
          .as(table)
          .isZero();
    }
    http.get("/projects/put-removed").expect(404, "project-not-found");
    http.postJson(
            "/verdicts",
            Map.of("lease", items.path(1).path("lease").asString(), "preference", "LEFT"))
        .expect(404, "lease-not-found");
    http.put("/projects/put-removed", Map.of("dimension", 5)).expect(201);
    assertThat(http.get("/projects/put-removed").json().path("counts").path("responses").asLong())
        .isZero();
  }

  @Test
  void settingsThatNoRoundCouldComputeAreRefused() {
    for (String absurd : List.of("1e-300", "5e-324", "1e308", "0")) {
      assertThat(
              http.put("/projects/absurd", "{\"dimension\":4,\"priorPrecision\":" + absurd + "}")
                  .expect(422, "invalid-input")
                  .pointers())
          .containsExactly("/priorPrecision");
    }
    assertThat(
            http.put("/projects/absurd", Map.of("dimension", 4, "priorExponent", 1e308))
                .expect(422)
                .pointers())
        .containsExactly("/priorExponent");
    Map<String, ?> huge = Map.of("dimension", 16_384, "prior", "ISOTROPIC");
    assertThat(http.put("/projects/absurd", huge).expect(422).pointers())
        .containsExactly("/dimension");
    http.get("/projects/absurd").expect(404);
  }
}
