package dev.tiebreak.replay;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Replays over HTTP. */
@IntegrationTest
class ReplayIT {

  private static final int D = 4;

  private final Http http;

  ReplayIT(Http http) {
    this.http = http;
  }

  /** A project whose responses carry gold rewards that are linear in their embeddings. */
  static RemoteProject withGold(Http http, String name, int prompts, int responses) {
    RemoteProject project = RemoteProject.create(http, name, Map.of("dimension", D));
    Random random = new Random(5);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < prompts * responses; i++) {
      List<Double> embedding = random.doubles(D, -1, 1).boxed().toList();
      double gold = 4 * embedding.get(0) - 2 * embedding.get(1) + 0.2 * random.nextGaussian();
      rows.add(
          Map.of(
              "promptId",
              "p" + i / responses,
              "responseId",
              "r" + i,
              "embedding",
              embedding,
              "metadata",
              Map.of("goldReward", gold, "x", embedding.get(0), "y", embedding.get(1))));
    }
    project.upload(rows);
    return project;
  }

  static String request(Http http, RemoteProject project, Map<String, ?> settings) {
    Answer answer = http.postJson(project.path("/replays"), settings).expect(202);
    return Objects.requireNonNull(answer.header("Location"));
  }

  static JsonNode await(Http http, String replay, String state) {
    RemoteProject.until(
        replay + " is " + state,
        () -> {
          JsonNode now = http.get(replay).expect(200).json();
          String found = now.path("state").asString("");
          if (Set.of("DONE", "FAILED", "CANCELLED").contains(found) && !found.equals(state)) {
            throw new AssertionError(now);
          }
          return found.equals(state);
        });
    return http.get(replay).expect(200).json();
  }

  @Test
  void leadsFromARequestToTablesAndPictures() throws IOException {
    RemoteProject project = withGold(http, "replay-life", 20, 6);
    String replay =
        request(
            http,
            project,
            Map.ofEntries(
                entry("strategies", List.of("RANDOM", "GREEDY_D_OPTIMAL", "I_OPTIMAL")),
                entry("seeds", 3),
                entry("labels", 40),
                entry("batchSizes", List.of(10, 20)),
                entry("planeFields", List.of("x", "y")),
                entry("prices", Map.of("perVerdict", 0.06, "perResponse", 0.01))));
    JsonNode done = await(http, replay, "DONE");
    assertThat(done.path("progress").path("cells").asInt()).isEqualTo(18);
    assertThat(done.path("progress").path("share").asDouble()).isEqualTo(1);
    assertThat(done.path("settings").path("goldScale").asString()).isEqualTo("AUTO");
    assertThat(done.path("settings").path("source").asString()).isEqualTo("GOLD");
    tables(replay);
    targets(replay);
    pictures(replay);
    JsonNode list = http.get(project.path("/replays")).expect(200).json().path("items");
    assertThat(list.size()).isOne();
    staysUnlessItsNumberIsConfirmed(replay);
    http.get(replay + "/curves").expect(404, "replay-not-found");
    assertThat(request(http, project, Map.of("seeds", 1, "labels", 5))).endsWith("/replays/2");
  }

  private void staysUnlessItsNumberIsConfirmed(String replay) {
    for (int i = 0; i < 2; i++) {
      assertThat(http.delete(replay).expect(200).json().path("state").asString()).isEqualTo("DONE");
    }
    http.get(replay + "/curves").expect(200);
    assertThat(http.delete(replay + "?confirm=2").expect(422, "invalid-input").pointers())
        .containsExactly("confirm");
    http.delete(replay + "?confirm=1").expect(204);
    http.delete(replay + "?confirm=1").expect(404, "replay-not-found");
  }

  /** All rows of a table, read page by page. */
  private List<JsonNode> rows(String table, int limit) {
    String path = table + (table.contains("?") ? "&" : "?") + "limit=" + limit;
    List<JsonNode> rows = new ArrayList<>();
    String more = "";
    while (true) {
      JsonNode page = http.get(path + more).expect(200).json();
      page.path("items").forEach(rows::add);
      assertThat(page.path("items").size()).isLessThanOrEqualTo(limit);
      if (page.path("nextCursor").isNull()) {
        return rows;
      }
      more = "&cursor=" + page.path("nextCursor").asString();
    }
  }

  private void tables(String replay) {
    JsonNode last =
        rows(replay + "/curves", 1000).stream()
            .filter(row ->
                row.path("strategy").asString().equals("I_OPTIMAL")
                    && row.path("measure").asString().equals("oneMinusSpearman")
                    && row.path("labels").asInt() == 40)
            .findFirst()
            .orElseThrow();
    assertThat(last.path("seeds").asInt()).isEqualTo(3);
    assertThat(last.path("mean").asDouble()).isBetween(0.0, 0.4);
    for (String table :
        List.of("curves", "points", "differences", "ratios", "diversity", "costs")) {
      int rows = rows(replay + "/" + table, 1000).size();
      assertThat(rows(replay + "/" + table, 7)).as(table).hasSize(rows).doesNotHaveDuplicates();
      Answer csv = http.get(replay + "/" + table, "Accept", "text/csv").expect(200);
      assertThat(rows).as(table).isPositive();
      assertThat(csv.text().lines()).hasSize(rows + 1);
      assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
      http.get(replay + "/" + table, "Accept", "image/png").expect(406, "not-acceptable");
    }
    http.get(replay + "/curves?cursor=AAAAAAAAAAA").expect(422, "invalid-input");
    http.get(replay + "/curves?cursor=__________8").expect(422, "invalid-input");
    assertThat(rows(replay + "/curves?measure=logLoss", 1000))
        .isNotEmpty()
        .allMatch(row -> row.path("measure").asString().equals("logLoss"));
    List<JsonNode> ratios = rows(replay + "/ratios", 1000);
    assertThat(ratios.stream().filter(row -> row.path("strategy").asString().equals("RANDOM")))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.path("ratio").asDouble()).isEqualTo(1));
    assertThat(ratios.stream().map(row -> row.path("measure").asString()).distinct())
        .containsExactly("oneMinusSpearman", "bestOf5", "accuracy", "logLoss");
  }

  private void targets(String replay) {
    String query = "/ratios?measure=logLoss&value=0.69";
    JsonNode rows = http.get(replay + query).expect(200).json().path("items");
    assertThat(rows.valueStream())
        .hasSize(6)
        .allSatisfy(row -> assertThat(row.path("target").asDouble()).isEqualTo(0.69));
    JsonNode strict =
        http.get(replay + "/ratios?measure=accuracy").expect(200).json().path("items").path(0);
    JsonNode slack =
        http.get(replay + "/costs?measure=accuracy&standardErrors=2")
            .expect(200)
            .json()
            .path("items")
            .path(0);
    assertThat(slack.path("target").asDouble()).isLessThan(strict.path("target").asDouble());
    assertThat(http.get(replay + "/ratios?value=1").expect(422, "invalid-input").pointers())
        .containsExactly("measure");
    for (String table : List.of("ratios", "costs", "points", "ablations?by=batchSize")) {
      String lacking = table + (table.contains("?") ? "&" : "?") + "measure=bestOf500";
      assertThat(http.get(replay + "/" + lacking).expect(422, "invalid-input").pointers())
          .containsExactly("measure");
    }
    http.get(replay + "/ratios?measure=fitMillis").expect(422, "invalid-input");
    http.get(replay + "/costs?standardErrors=-1").expect(422, "invalid-input");
    http.get(replay + "/costs?standardErrors=few").expect(422, "invalid-input");
    http.get(replay + "/costs?measure=logLoss&value=NaN").expect(422, "invalid-input");
  }

  private void pictures(String replay) throws IOException {
    for (String chart : List.of("oneMinusSpearman", "bestOf5", "selectionMillis", "picks")) {
      String path = replay + "/charts/" + chart + "?width=640&height=420";
      Answer png = http.get(path, "Accept", "image/png").expect(200);
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png.body()));
      assertThat(image.getWidth()).isEqualTo(640);
      assertThat(image.getHeight()).isEqualTo(420);
      Answer svg = http.get(path, "Accept", "image/svg+xml").expect(200);
      assertThat(svg.text()).contains("<svg").contains("GREEDY_D_OPTIMAL");
    }
    String ablations = replay + "/charts/ablations?by=batchSize&figure=LABELS";
    assertThat(http.get(ablations, "Accept", "image/svg+xml").expect(200).text())
        .contains(">Batch size<", "I_OPTIMAL");
    assertThat(http.get(replay + "/charts/ablations").expect(422, "invalid-input").pointers())
        .containsExactly("by");
    http.get(replay + "/charts/ablations?by=luck").expect(422, "invalid-input");
    http.get(ablations + "S").expect(422, "invalid-input");
    http.get(replay + "/charts/happiness").expect(404, "path-not-found");
    http.get(replay + "/charts/bestOf500").expect(404, "path-not-found");
    assertThat(http.get(replay + "/charts/accuracy?firstPanel=3").expect(422).pointers())
        .containsExactly("firstPanel");
    assertThat(
            http.get(replay + "/charts/accuracy?width=9").expect(422, "invalid-input").pointers())
        .containsExactly("width");
    http.get(replay + "/charts/accuracy", "Accept", "text/csv").expect(406, "not-acceptable");
  }

  @Test
  void needsNoSettingsWithGoldRewardsOrWithVerdicts() {
    RemoteProject gold = withGold(http, "replay-plain", 10, 4);
    Answer plain = http.post(gold.path("/replays")).expect(202);
    assertThat(plain.json().path("settings").path("source").asString()).isEqualTo("GOLD");
    http.delete(Objects.requireNonNull(plain.header("Location")));

    RemoteProject judged = RemoteProject.create(http, "replay-verdicts", Map.of("dimension", D));
    judged.uploadRandom(20, 3, 1);
    List<Map<String, Object>> judgements = new ArrayList<>();
    for (int prompt = 0; prompt < 20; prompt++) {
      for (int i = 0; i < 2; i++) {
        judgements.add(
            RemoteProject.judgement(
                "r" + (3 * prompt + i), "r" + (3 * prompt + i + 1), "LEFT", "ann"));
      }
    }
    judged.judge(judgements);
    String replay = request(http, judged, Map.of("seeds", 2));
    JsonNode done = await(http, replay, "DONE");
    assertThat(done.path("settings").path("source").asString()).isEqualTo("VERDICTS");
    JsonNode points = http.get(replay + "/points").expect(200).json().path("items");
    // 16 of 20 prompts are labelled, with two verdicts each
    assertThat(points.valueStream().mapToInt(point -> point.path("labels").asInt()).max())
        .hasValue(32);
    assertThat(points.valueStream().map(point -> point.path("measure").asString()).distinct())
        .containsExactlyInAnyOrder("accuracy", "logLoss", "selectionMillis", "fitMillis");
  }

  @Test
  void cancelsWhatRunsAndKeepsWhatItHas() {
    RemoteProject project = withGold(http, "replay-cancel", 60, 12);
    String replay = request(http, project, Map.of("seeds", 400, "labels", 400));
    RemoteProject.until(
        "some cells are done",
        () -> http.get(replay).json().path("progress").path("done").asInt() > 1);
    assertThat(http.get(replay).json().path("progress").path("secondsLeft").asDouble())
        .isPositive();
    JsonNode cancelled = http.delete(replay).expect(200).json();
    assertThat(cancelled.path("state").asString()).isEqualTo("CANCELLED");
    assertThat(cancelled.path("progress").path("secondsLeft").isNull()).isTrue();
    assertThat(http.get(replay + "/curves").expect(200).json().path("items").size()).isPositive();
    // the next one is not kept waiting, and the cancelled one gets no further
    String next = request(http, project, Map.of("seeds", 1, "labels", 10));
    await(http, next, "DONE");
    assertThat(http.get(replay).json().path("progress").path("done"))
        .isEqualTo(cancelled.path("progress").path("done"));
    http.delete(replay).expect(200);
    assertThat(http.get(replay + "/curves").expect(200).json().path("items").size()).isPositive();
    http.delete(replay + "?confirm=1").expect(204);
  }

  @Test
  void makesOneReplayOfARepeatedRequest() {
    RemoteProject project = withGold(http, "replay-once", 10, 4);
    String settings = "{\"seeds\":1,\"labels\":5}";
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      made.add(
          Objects.requireNonNull(asked(project, "key-1", settings).expect(202).header("Location")));
    }
    assertThat(made).containsOnly(project.path("/replays/1"));
    assertThat(asked(project, "key-1", "{}").expect(422, "invalid-input").pointers())
        .containsExactly("Idempotency-Key");
    asked(project, "k".repeat(201), settings).expect(422, "invalid-input");
    assertThat(asked(project, "key-2", settings).expect(202).header("Location")).endsWith("/2");
  }

  private Answer asked(RemoteProject project, String key, String body) {
    return http.send(
        "POST", project.path("/replays"), "application/json", body, "Idempotency-Key", key);
  }

  @Test
  void lestAProjectWaitsForEverOnlySoManyWait() {
    RemoteProject project = withGold(http, "replay-many", 60, 12);
    Map<String, Object> many = Map.of("seeds", 400, "labels", 400);
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < Replays.MOST_WAITING; i++) {
      asked.add(request(http, project, many));
    }
    http.postJson(project.path("/replays"), many).expect(409, "too-many-replays");
    http.delete(asked.getFirst()).expect(200);
    asked.add(request(http, project, many));
    asked.forEach(replay -> http.delete(replay).expect(200));
  }

  @Test
  void refusesWhatHasNothingToReplay() {
    RemoteProject empty = RemoteProject.create(http, "replay-empty", Map.of("dimension", D));
    http.post(empty.path("/replays")).expect(409, "nothing-to-replay");
    empty.uploadRandom(4, 3, 1);
    http.post(empty.path("/replays")).expect(409, "nothing-to-replay");
    http.postJson(empty.path("/replays"), Map.of("source", "VERDICTS"))
        .expect(409, "nothing-to-replay");
    http.postJson(empty.path("/replays"), Map.of("source", "GOLD")).expect(422, "invalid-input");
    assertThat(http.get(empty.path("/replays")).expect(200).json().path("items").size()).isZero();
  }

  @Test
  void comparesWithRandomEvenWhereItIsNotNamed() {
    RemoteProject project = withGold(http, "replay-random", 10, 4);
    String replay =
        request(http, project, Map.of("strategies", List.of("I_OPTIMAL"), "seeds", 1, "labels", 5));
    JsonNode done = await(http, replay, "DONE");
    assertThat(done.path("settings").path("strategies").valueStream().map(JsonNode::asString))
        .containsExactly("RANDOM", "I_OPTIMAL");
    assertThat(rows(replay + "/ratios", 100)).isNotEmpty();
  }

  @Test
  void drawsPicksWhereSomeResponsesHaveNoPlace() {
    RemoteProject project = withGold(http, "replay-places", 10, 4);
    project.upload(
        List.of(
            Map.of(
                "promptId",
                "p0",
                "responseId",
                "r0",
                "embedding",
                List.of(1, 2, 3, 4),
                "metadata",
                Map.of("goldReward", 1))));
    String replay =
        request(http, project, Map.of("seeds", 1, "labels", 100, "planeFields", List.of("x", "y")));
    await(http, replay, "DONE");
    http.get(replay + "/charts/picks?labels=1000", "Accept", "image/png").expect(200);
    String plain = request(http, project, Map.of("seeds", 1, "labels", 100));
    await(http, plain, "DONE");
    http.get(plain + "/charts/picks?labels=1000", "Accept", "image/svg+xml").expect(200);
  }

  @Test
  void saysWhyItFailed() {
    RemoteProject project = withGold(http, "replay-single", 8, 1);
    String replay = request(http, project, Map.of("goldScale", 1));
    JsonNode failed = await(http, replay, "FAILED");
    assertThat(failed.path("detail").asString()).contains("two responses with a gold reward");
  }

  @Test
  void isGoneWithItsProject() {
    RemoteProject project = withGold(http, "replay-gone", 40, 10);
    String replay = request(http, project, Map.of("seeds", 100));
    RemoteProject.until(
        "it runs", () -> http.get(replay).json().path("state").asString().equals("RUNNING"));
    http.delete(project.path() + "?confirm=" + project.slug()).expect(204);
    http.get(replay).expect(404, "project-not-found");
    RemoteProject other = withGold(http, "replay-after", 10, 4);
    await(http, request(http, other, Map.of("seeds", 1, "labels", 5)), "DONE");
  }

  @Test
  void namesEachWrongSetting() {
    RemoteProject project = withGold(http, "replay-wrong", 4, 3);
    Map<String, Object> wrong = new HashMap<>();
    wrong.put("strategies", List.of("RANDOM", "LUCKY", "RANDOM"));
    wrong.put("batchSizes", List.of(0));
    wrong.put("dimensions", List.of(D + 1));
    wrong.put("candidateLimits", "all");
    wrong.put("seeds", 0);
    wrong.put("heldOutShare", 1);
    wrong.put("target", Map.of("measure", "beauty"));
    wrong.put("prices", Map.of("perVerdict", -1));
    wrong.put("planeFields", List.of("x"));
    assertThat(refused(project, wrong))
        .containsExactlyInAnyOrder(
            "/strategies/1",
            "/strategies/2",
            "/batchSizes/0",
            "/dimensions/0",
            "/candidateLimits",
            "/seeds",
            "/heldOutShare",
            "/target/measure",
            "/prices/perVerdict",
            "/planeFields");
    assertThat(refused(project, Map.of("goldField", "missing"))).containsExactly("/goldField");
    assertThat(refused(project, Map.of("source", "VERDICTS", "goldScale", 2)))
        .containsExactly("/goldScale");
    assertThat(
            refused(
                project,
                Map.of("seeds", 1000, "dimensions", List.of(1, 2, 3), "batchSizes", List.of(7, 8))))
        .containsExactly("/seeds");
    assertThat(refused(project, Map.of("labels", 100_000, "batchSizes", List.of(1))))
        .containsExactly("/labels");
    assertThat(
            refused(
                project, Map.of("labels", 100_000, "batchSizes", List.of(10_000), "seeds", 100)))
        .containsExactly("/labels");
    assertThat(refused(project, Map.of("planeFields", List.of("x", "missing"))))
        .containsExactly("/planeFields/1");
    assertThat(refused(project, Map.of("planeFields", List.of("x", "\0"))))
        .contains("/planeFields/1");
    assertThat(refused(project, Map.of("goldField", "\0"))).containsExactly("/goldField");
    http.postJson(project.path("/replays"), Map.of("seed", 1, "sees", 3))
        .expect(400, "unknown-field");
    http.postJson(project.path("/replays"), Map.of("prices", Map.of("perVerdic", 1)))
        .expect(400, "unknown-field");
    http.postJson("/projects/no-such-project/replays", "{}").expect(404, "project-not-found");
    http.get(project.path("/replays/9")).expect(404, "replay-not-found");
    assertThat(http.get(project.path("/replays")).expect(200).json().path("items").size()).isZero();
  }

  private List<String> refused(RemoteProject project, Map<String, ?> settings) {
    return http.postJson(project.path("/replays"), settings)
        .expect(422, "invalid-input")
        .pointers();
  }
}
