package dev.tiebreak.queue;

import static dev.tiebreak.queue.TestProject.expire;
import static dev.tiebreak.queue.TestProject.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@IntegrationTest
class NextBatchIT {

  private final Http http;
  private final JdbcClient jdbc;

  NextBatchIT(Http http, JdbcClient jdbc) {
    this.http = http;
    this.jdbc = jdbc;
  }

  private TestProject project(String name, int responses, Map<String, ?> settings) {
    return TestProject.withResponses(http, "next-" + name, responses, settings);
  }

  @Test
  void liveLeasesComeBackFirstUnchangedAndOldestFirst() {
    TestProject project = project("repeat", 8, Map.of());
    List<JsonNode> three = project.items("a", 3);
    assertThat(project.items("a", 3)).isEqualTo(three);
    List<JsonNode> five = project.items("a", 5);
    assertThat(five.subList(0, 3)).isEqualTo(three);
    assertThat(project.items("a", 2)).isEqualTo(three.subList(0, 2));
    assertThat(project.next("a", 5).path("reason").isNull()).isTrue();
  }

  @Test
  void sizeIsFromOneToAHundredAndTenByDefault() {
    TestProject project = project("size", 20, Map.of("batchSize", 190));
    String path = "/next-batch?project=next-size&annotator=a";
    assertThat(http.get(path).expect(200).json().path("items")).hasSize(10);
    assertThat(project.items("a", 100)).hasSize(100);
    for (String size : List.of("0", "-1", "101", "abc", "1.5", "99999999999999")) {
      Answer answer = http.get(path + "&size=" + size);
      assertThat(answer.expect(422, "invalid-input").pointers()).containsExactly("size");
    }
    http.get("/next-batch?project=next-size").expect(422, "invalid-input");
    http.get("/next-batch?project=next-size&annotator=").expect(422, "invalid-input");
    http.get("/next-batch?project=next-size&annotator=" + "x".repeat(201)).expect(422);
    http.get("/next-batch?project=next-size&annotator=%00").expect(422, "invalid-input");
    http.get("/next-batch?project=next-nowhere&annotator=a").expect(404, "project-not-found");
    http.get("/next-batch?project=%00&annotator=a").expect(404, "project-not-found");
  }

  @Test
  void isNeverStored() {
    project("no-store", 2, Map.of());
    assertThat(http.get("/next-batch?project=next-no-store&annotator=a").header("Cache-Control"))
        .isEqualTo("no-store");
  }

  @Test
  void whatRunsOutIsOfferedToOthers() throws InterruptedException {
    TestProject project = project("expiry", 2, Map.of("leaseSeconds", 1));
    JsonNode item = project.item("a");
    assertThat(project.items("b", 1)).isEmpty();
    assertThat(project.reason("b", 1)).isEqualTo("ALL_LEASED");
    assertThat(Instant.parse(item.path("expiresAt").asString()))
        .isEqualTo(Instant.parse(item.path("leasedAt").asString()).plusSeconds(1));
    expire();
    assertThat(project.item("b").path("comparison")).isEqualTo(item.path("comparison"));
    assertThat(project.items("a", 1)).isEmpty();
  }

  @Test
  void twoTabsShareLeasesAndTheirLimit() throws Exception {
    TestProject project = project("tabs", 20, Map.of("maxLeasesPerAnnotator", 7));
    List<Future<JsonNode>> tabs = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 16; i++) {
        tabs.add(threads.submit(() -> project.next("a", 10)));
      }
    }
    Set<String> leases = new HashSet<>();
    for (Future<JsonNode> tab : tabs) {
      assertThat(tab.get().path("reason").asString()).isEqualTo("LEASE_LIMIT");
      tab.get().path("items").forEach(item -> leases.add(item.path("lease").asString()));
    }
    assertThat(leases).hasSize(7);
  }

  @Test
  void theBudgetIsExactUnderSixteenAnnotators() throws Exception {
    TestProject project = project("budget", 30, Map.of("verdictBudget", 37, "batchSize", 400));
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Future<?>> annotators = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String annotator = "a" + i;
        annotators.add(
            threads.submit(() -> {
              for (int round = 0; round < 6; round++) {
                for (JsonNode item : project.items(annotator, 2)) {
                  project.judge(item.path("lease").asString(), "LEFT");
                }
              }
            }));
      }
      for (Future<?> annotator : annotators) {
        annotator.get();
      }
    }
    assertThat(project.counts().path("verdictsCounted").asLong()).isEqualTo(37);
    Answer spent = http.get("/next-batch?project=next-budget&annotator=z");
    assertThat(spent.json().path("reason").asString()).isEqualTo("BUDGET_SPENT");
    assertThat(spent.header("Retry-After")).matches("[1-9][0-9]*");
    project.set(Map.of("verdictBudget", 40, "batchSize", 400));
    JsonNode three = project.next("z", 10);
    assertThat(three.path("items")).hasSize(3);
    assertThat(three.path("reason").asString()).isEqualTo("BUDGET_SPENT");
  }

  @Test
  void anEmptyAnswerSaysWhy() {
    TestProject project = TestProject.create(http, "next-reasons", Map.of("pairing", "IN_PROMPT"));
    assertThat(project.reason("a", 1)).isEqualTo("NO_EMBEDDINGS");
    http.post(
            "/projects/next-reasons/embeddings",
            "application/x-ndjson",
            "{\"promptId\":\"p\",\"responseId\":\"x\",\"embedding\":[1,2]}")
        .expect(200);
    assertThat(project.reason("a", 1)).isEqualTo("NO_CANDIDATES");
    project.upload(4);
    assertThat(project.reason("a", 1)).isEqualTo("NOTHING_SELECTED");
    project.set(Map.of("pairing", "IN_PROMPT", "verdictBudget", 0));
    assertThat(project.reason("a", 1)).isEqualTo("BUDGET_SPENT");
    project.set(Map.of("pairing", "IN_PROMPT"));
    project.round();
    JsonNode all = project.next("a", 10);
    assertThat(all.path("items")).hasSize(2);
    assertThat(all.path("reason").asString())
        .as("all are in the same hands")
        .isEqualTo("ALL_LEASED");
    assertThat(project.reason("b", 1)).isEqualTo("ALL_LEASED");
    project.set(Map.of("pairing", "IN_PROMPT", "maxLeasesPerAnnotator", 1));
    assertThat(project.reason("a", 3)).isEqualTo("LEASE_LIMIT");
    List<JsonNode> items = all.path("items").valueStream().toList();
    project.judge(items.get(0).path("lease").asString(), "LEFT");
    project.judge(items.get(1).path("lease").asString(), "SKIP");
    assertThat(project.reason("a", 1)).isEqualTo("ALREADY_ANSWERED_BY_ANNOTATOR");
    project.judge(project.lease("b"), "LEFT");
    assertThat(project.reason("a", 1)).isEqualTo("ALL_ANSWERED");
    assertThat(project.reason("c", 1)).isEqualTo("ALL_ANSWERED");
  }

  @Test
  void aSlotThatWaitsForAnotherAnnotatorIsNotCalledAnswered() {
    TestProject project = project("held", 2, Map.of("overlap", 2));
    JsonNode mine = project.next("a", 5);
    assertThat(mine.path("items")).hasSize(1);
    assertThat(mine.path("reason").asString()).isEqualTo("ALL_LEASED");
  }

  @Test
  void aComparisonIsAskedOfAsManyAnnotatorsAsItsOverlapSays() {
    TestProject project = project("overlap", 2, Map.of("overlap", 3));
    for (String annotator : List.of("a", "b")) {
      List<JsonNode> items = project.items(annotator, 10);
      assertThat(items).hasSize(1);
      project.judge(items.getFirst().path("lease").asString(), "LEFT");
    }
    assertThat(project.items("a", 10)).isEmpty();
    assertThat(project.items("c", 10)).hasSize(1);
    assertThat(project.items("d", 10)).isEmpty();
  }

  @Test
  void aSmallerOverlapWithdrawsWhatIsOpenBeyondIt() {
    TestProject project = project("lowered", 2, Map.of("overlap", 3));
    project.judge(project.lease("a"), "LEFT");
    project.set(Map.of("overlap", 1));
    assertThat(project.items("b", 1)).isEmpty();
    assertThat(project.counts().path("comparisonsAnswered").asLong()).isEqualTo(1);
    assertThat(project.reason("b", 1)).isEqualTo("ALL_ANSWERED");
  }

  @Test
  void whatIsLeasedWhileTheOverlapIsLoweredIsNotOfferedAgain() throws InterruptedException {
    TestProject project = project("lowered-leased", 2, Map.of("overlap", 3, "leaseSeconds", 1));
    project.judge(project.lease("a"), "LEFT");
    String back = project.lease("b");
    project.lease("c");
    project.set(Map.of("overlap", 1, "leaseSeconds", 1));
    http.delete("/leases/" + back).expect(204);
    assertThat(project.items("d", 1)).isEmpty();
    expire();
    assertThat(project.items("d", 1)).isEmpty();
    assertThat(project.counts().path("comparisonsAnswered").asLong()).isEqualTo(1);
  }

  @Test
  void anAnnotatorNeverSeesAComparisonAgainWhateverRoundsSelect() {
    TestProject project = project("once", 6, Map.of("overlap", 2, "batchSize", 15));
    Set<Long> seen = new HashSet<>();
    for (int round = 0; round < 4; round++) {
      for (JsonNode item : project.items("a", 4)) {
        assertThat(seen.add(item.path("comparison").asLong())).isTrue();
        project.judge(item.path("lease").asString(), round % 2 == 0 ? "LEFT" : "SKIP");
      }
      project.round();
    }
    assertThat(seen).hasSize(15);
    assertThat(project.reason("a", 1)).isEqualTo("ALREADY_ANSWERED_BY_ANNOTATOR");
  }

  @Test
  void anAnnotatorNeverSeesWhatWasImportedAsTheirs() {
    TestProject project = TestProject.create(http, "next-imported", Map.of("overlap", 2));
    project.upload(3);
    project.importLines(row("r0", "r1", "LEFT", "a"), row("r1", "r2", "SKIP", "a")).expect(200);
    project.round();
    assertThat(project.items("a", 10)).hasSize(1);
    assertThat(project.items("b", 10)).hasSize(3);
  }

  @Test
  void eitherResponseStandsLeftAtRandomAndTheLogKnowsWhich() {
    TestProject project = project("sides", 16, Map.of("batchSize", 100));
    List<JsonNode> items = project.items("a", 100);
    long ordered =
        items.stream()
            .filter(item -> ordinal(item.path("left")) < ordinal(item.path("right")))
            .count();
    assertThat(ordered).isBetween(20L, 80L);
    for (JsonNode item : items.subList(0, 10)) {
      project.judge(item.path("lease").asString(), "LEFT");
    }
    assertThat(project.log())
        .extracting(v -> v.path("left").asString() + v.path("right").asString())
        .containsExactlyElementsOf(
            items.subList(0, 10).stream()
                .map(i ->
                    i.path("left").path("responseId").asString()
                        + i.path("right").path("responseId").asString())
                .toList());
  }

  private static int ordinal(JsonNode response) {
    return Integer.parseInt(response.path("responseId").asString().substring(1));
  }

  @Test
  void waitsUntilThereIsWorkButNoLonger() throws Exception {
    TestProject project = TestProject.create(http, "next-wait", Map.of());
    project.upload(2);
    String path = "/next-batch?project=next-wait&annotator=a";
    long start = System.nanoTime();
    assertThat(http.get(path, "Prefer", "wait=1").expect(200).json().path("items")).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(950));
    try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
      Future<Answer> waiting =
          threads.submit(() -> http.get(path, "Prefer", "respond-async, wait=30"));
      Thread.sleep(300);
      assertThat(waiting.isDone()).isFalse();
      project.round();
      assertThat(waiting.get().expect(200).json().path("items")).hasSize(1);
    }
    for (String prefer : List.of("wait=", "wait=-1", "wait=99999999999", "wait=x", "wat")) {
      http.get(path, "Prefer", prefer).expect(200);
    }
  }

  @Test
  void withoutAProjectTheGreatestPriorityWithWorkServes() {
    TestProject low = project("low", 4, Map.of("priority", 1_000_000));
    TestProject high = project("high", 2, Map.of("priority", 1_000_001));
    String path = "/next-batch?annotator=any-1&size=1";
    assertThat(http.get(path).expect(200).json().path("project").asString()).isEqualTo("next-high");
    high.judge(high.lease("any-1"), "LEFT");
    assertThat(http.get(path).expect(200).json().path("project").asString()).isEqualTo("next-low");
    low.set(Map.of("priority", -1));
    high.set(Map.of("priority", -1));
  }

  @Test
  void leasesAreGivenBackOnceAndOnlyByTheirHolder() {
    TestProject project = project("give-back", 8, Map.of());
    List<JsonNode> items = project.items("a", 2);
    String first = "/leases/" + items.get(0).path("lease").asString();
    String second = "/leases/" + items.get(1).path("lease").asString();
    http.delete(first + "?annotator=b").expect(403, "another-annotator");
    http.delete("/leases/nonsense").expect(404, "lease-not-found");
    http.delete("/leases/" + "x".repeat(300)).expect(404, "lease-not-found");
    http.delete(first + "?annotator=a").expect(204);
    http.delete(first).expect(204);
    assertThat(project.items("b", 1).getFirst().path("comparison"))
        .isEqualTo(items.get(0).path("comparison"));
    http.delete(first).expect(204);
    project.judge(items.get(1).path("lease").asString(), "LEFT");
    http.delete(second).expect(409, "lease-ended");
  }

  @Test
  void aRenewalProlongsALiveLeaseOnly() throws InterruptedException {
    TestProject project = project("renewal", 4, Map.of("leaseSeconds", 1));
    JsonNode item = project.item("a");
    String lease = "/leases/" + item.path("lease").asString() + "/renewal";
    project.set(Map.of("leaseSeconds", 60));
    Instant expiresAt =
        Instant.parse(http.post(lease).expect(200).json().path("expiresAt").asString());
    assertThat(expiresAt).isAfter(Instant.parse(item.path("expiresAt").asString()).plusSeconds(50));
    http.post(lease + "?annotator=b").expect(403, "another-annotator");
    expire();
    assertThat(project.item("a").path("lease")).isEqualTo(item.path("lease"));
    project.set(Map.of("leaseSeconds", 1));
    assertThat(http.post(lease).expect(200).json().path("expiresAt").asString())
        .as("never shortened")
        .isEqualTo(expiresAt.toString());
    http.delete("/leases/" + item.path("lease").asString()).expect(204);
    http.post(lease).expect(409, "lease-ended");
    String short1 = project.lease("a");
    expire();
    http.post("/leases/" + short1 + "/renewal").expect(409, "lease-ended");
    http.post("/leases/nonsense/renewal").expect(404, "lease-not-found");
  }

  @Test
  void aProjectIsRemovedWhileItsAnnotatorsWork() throws Exception {
    TestProject project = project("doomed", 40, Map.of("batchSize", 700));
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<List<Integer>>> annotators = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        String annotator = "a" + i;
        annotators.add(threads.submit(() -> untilGone(project, annotator)));
      }
      Thread.sleep(500);
      http.delete("/projects/next-doomed?confirm=next-doomed").expect(204);
      for (Future<List<Integer>> annotator : annotators) {
        statuses.addAll(annotator.get());
      }
    }
    assertThat(statuses).isNotEmpty().doesNotContain(500, 503);
    assertThat(
            jdbc.sql("select count(*) from project where slug = 'next-doomed'")
                .query(Long.class)
                .single())
        .isZero();
  }

  private List<Integer> untilGone(TestProject project, String annotator) {
    List<Integer> statuses = new ArrayList<>();
    while (true) {
      Answer answer =
          http.get("/next-batch?project=" + project.slug() + "&annotator=" + annotator + "&size=3");
      statuses.add(answer.status());
      if (answer.status() != 200) {
        return statuses;
      }
      for (JsonNode item : answer.json().path("items")) {
        statuses.add(
            project.post(TestProject.verdict(item.path("lease").asString(), "LEFT")).status());
      }
    }
  }
}
