package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.preference.EmbeddingSpectrum;
import dev.tiebreak.preference.Fit;
import dev.tiebreak.preference.Judgements;
import dev.tiebreak.preference.LastLayer;
import dev.tiebreak.preference.Prior;
import dev.tiebreak.preference.PriorSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rounds on request: what they promise, also to many who ask at once. */
@IntegrationTest
class RefitIT {

  private static final int THREADS = 8;
  private static final double LAMBDA = 0.5;

  private final Http http;

  RefitIT(Http http) {
    this.http = http;
  }

  @Test
  void refusesWhatItDoesNotUnderstandAndStartsNothing() {
    RemoteProject project = project(3, 5);
    String refits = project.path("/refits");
    http.postJson(refits + "?wait=-1", "{}").expect(422, "invalid-input");
    http.postJson(refits + "?wait=61", "{}").expect(422, "invalid-input");
    http.postJson(refits + "?wait=soon", "{}").expect(422, "invalid-input");
    http.postJson(refits, "{\"strategy\":\"RANDOM\"}").expect(400, "unknown-field");
    http.postJson(refits, "[1]").expect(422, "invalid-input");
    http.postJson(refits, "{\"certificate\":\"yes\"}").expect(422, "invalid-input");
    http.postJson(refits, "{\"certificate\":1}").expect(422, "invalid-input");
    http.postJson(refits, "{\"certificate\":true,\"steps\":3}").expect(400, "unknown-field");
    http.postJson(refits, "{").expect(400, "malformed-body");
    http.get(refits + "/1").expect(404, "refit-not-found");
    http.get(refits + "/-1").expect(404, "refit-not-found");
    http.get(project.path("/batches/1")).expect(404, "batch-not-found");
    http.postJson("/projects/no-such-project/refits", "{}").expect(404, "project-not-found");
    assertThat(project.rounds()).isZero();
  }

  @Test
  void saysWhereItsStateIsToBeFound() {
    RemoteProject project = project(3, 5);
    project.uploadRandom(3, 3, 1);
    Answer asked = http.postJson(project.path("/refits"), "{}");
    assertThat(asked.status()).isIn(200, 202);
    assertThat(asked.header("Location")).isEqualTo(project.path("/refits/1"));
    RemoteProject.until(
        "its end",
        () ->
            http.get(project.path("/refits/1"))
                .expect(200)
                .json()
                .path("state")
                .asString()
                .equals("DONE"));
    JsonNode done = http.get(project.path("/refits/1")).json();
    assertThat(done.path("trigger").asString()).isEqualTo("REQUESTED");
    assertThat(done.path("stage").isNull()).isTrue();
    assertThat(done.path("result").path("fit").asInt()).isOne();
  }

  @Test
  void listsTheNewestFirstPageByPage() {
    RemoteProject project = project(3, 5);
    assertThat(http.get(project.path("/refits")).expect(200).json().path("items")).isEmpty();
    project.uploadRandom(3, 3, 1);
    List<JsonNode> rounds = List.of(project.refit(), project.refit(), project.refit());

    JsonNode first = http.get(project.path("/refits?limit=2")).expect(200).json();
    String cursor = first.path("nextCursor").asString();
    JsonNode last = http.get(project.path("/refits?limit=2&cursor=" + cursor)).expect(200).json();

    assertThat(first.path("items").valueStream().toList())
        .containsExactly(rounds.get(2), rounds.get(1));
    assertThat(last.path("items").valueStream().toList()).containsExactly(rounds.get(0));
    assertThat(last.path("nextCursor").isNull()).isTrue();
    http.get("/projects/no-such-project/refits").expect(404, "project-not-found");
  }

  @Test
  void thoseWhoAskBeforeItBeginsShareOneRound() throws Exception {
    RemoteProject project = project(24, 50);
    project.uploadRandom(10, 10, 2);
    AtomicInteger asked = new AtomicInteger();
    inParallel(() -> {
      for (int i = 0; i < 5; i++) {
        asked.incrementAndGet();
        project.refit();
      }
    });
    assertThat(asked).hasValue(40);
    assertThat(project.rounds()).isLessThan(40).isGreaterThanOrEqualTo(5);
    assertThat(project.batches().stream().map(b -> b.path("number").asLong()).toList())
        .as("no number is skipped")
        .hasSize((int) project.rounds())
        .first()
        .isEqualTo(project.rounds());
  }

  @Test
  void coversEveryVerdictAcknowledgedBeforeTheRequest() throws Exception {
    RemoteProject project = project(6, 400);
    project.change(Map.of("maxLeasesPerAnnotator", 100));
    project.uploadRandom(30, 5, 3);
    project.refit();
    AtomicInteger acknowledged = new AtomicInteger();
    AtomicInteger names = new AtomicInteger();
    inParallel(() -> {
      String annotator = "ann-" + names.getAndIncrement();
      for (int i = 0; i < 6; i++) {
        JsonNode item = take(project, annotator);
        assertThat(project.answer(item, i % 2 == 0 ? "LEFT" : "RIGHT")).isEqualTo("COUNTED");
        int before = acknowledged.incrementAndGet();
        assertThat(project.refit().path("result").path("verdicts").asInt())
            .isGreaterThanOrEqualTo(before);
      }
    });
    assertThat(project.model().path("verdicts").asInt()).isEqualTo(6 * THREADS);
  }

  @Test
  void everyRevisionThatWasAcceptedIsInTheModel() throws Exception {
    RemoteProject project = project(4, 300);
    FloatMatrix embeddings = project.uploadRandom(20, 5, 4);
    project.refit();
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger names = new AtomicInteger();
    AtomicInteger revised = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    try (ExecutorService refits = Executors.newSingleThreadExecutor()) {
      Future<?> refitting =
          refits.submit(() -> {
            while (!over.get()) {
              project.refit();
            }
          });
      try {
        inParallel(() -> {
          int name = names.getAndIncrement();
          Random random = new Random(name);
          for (int i = 0; i < 20; i++) {
            JsonNode item = take(project, "ann-" + name);
            project.answer(item, random.nextBoolean() ? "LEFT" : "SKIP");
            for (String preference : List.of("RIGHT", "TIE", "LEFT")) {
              Answer answer =
                  http.postJson(
                      "/verdicts",
                      Map.of("lease", item.path("lease").asString(), "preference", preference));
              if (answer.status() == 409) {
                refused.incrementAndGet();
              } else {
                answer.expect(200);
                revised.incrementAndGet();
              }
            }
          }
        });
      } finally {
        over.set(true);
      }
      refitting.get();
    }
    assertThat(revised.get()).isPositive();
    assertThat(refused.get()).isPositive();
    project.refit();
    assertSameWeights(project.model(), fit(embeddings, countedInLog(project), 5));
  }

  @Test
  void theModelIsTheSameFromTheFitInMemoryFromStoredWeightsAndFromNothing() {
    List<JsonNode> models = new ArrayList<>();
    for (String begin : List.of("NOTHING", "MEMORY", "WEIGHTS")) {
      RemoteProject project =
          RemoteProject.create(http, "begin", Map.of("dimension", 5, "batchSize", 4));
      project.uploadRandom(12, 4, 9);
      Random random = new Random(4);
      for (int i = 0; i < 40; i++) {
        int left = random.nextInt(48);
        int right = (left + 1 + random.nextInt(47)) % 48;
        project.judge(
            left, right, random.nextInt(3) > 0 == left < right ? "LEFT" : "RIGHT", "a" + i);
        if (i == 30 && !begin.equals("NOTHING")) {
          project.refit();
        }
      }
      if (begin.equals("WEIGHTS")) {
        project.change(Map.of("batchSize", 5)); // which drops the fit from memory
      }
      project.refit();
      models.add(project.model());
    }
    for (JsonNode model : models) {
      assertThat(model.path("priorPrecision")).isEqualTo(models.getFirst().path("priorPrecision"));
      assertThat(model.path("priorExponent")).isEqualTo(models.getFirst().path("priorExponent"));
      for (int j = 0; j < 5; j++) {
        assertThat(model.path("weights").get(j).asDouble())
            .isCloseTo(models.getFirst().path("weights").get(j).asDouble(), within(1e-9));
      }
    }
  }

  /** A poll may find all that is open locked by a round that is just published: later, then. */
  private static JsonNode take(RemoteProject project, String annotator) {
    for (int attempt = 0; attempt < 200; attempt++) {
      List<JsonNode> items = project.next(annotator, 1);
      if (!items.isEmpty()) {
        return items.getFirst();
      }
      RemoteProject.pause(20);
    }
    throw new AssertionError("no work for " + annotator);
  }

  /** The verdicts that the log says count. */
  private static List<JsonNode> countedInLog(RemoteProject project) {
    return project.log().stream().filter(v -> v.path("counted").asBoolean()).toList();
  }

  private static Fit fit(FloatMatrix embeddings, List<JsonNode> verdicts, int responsesEach) {
    int n = verdicts.size();
    int[] a = new int[n];
    int[] b = new int[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      a[i] = RemoteProject.row(verdicts.get(i).path("left"));
      b[i] = RemoteProject.row(verdicts.get(i).path("right"));
      y[i] =
          switch (verdicts.get(i).path("preference").asString()) {
            case "LEFT" -> 1;
            case "RIGHT" -> 0;
            default -> 0.5;
          };
    }
    int[] prompts = new int[embeddings.rows()];
    for (int i = 0; i < prompts.length; i++) {
      prompts[i] = i / responsesEach;
    }
    var algebra = TestAlgebra.open();
    return new LastLayer(algebra)
        .fit(
            embeddings,
            EmbeddingSpectrum.of(embeddings, prompts, algebra),
            new Judgements(a, b, y),
            new PriorSpecification(Prior.ISOTROPIC, LAMBDA, null),
            null);
  }

  private static void assertSameWeights(JsonNode model, Fit fit) {
    assertThat(model.path("verdicts").asInt()).isEqualTo(fit.verdicts());
    for (int j = 0; j < fit.weights().length; j++) {
      assertThat(model.path("weights").path(j).asDouble())
          .isCloseTo(fit.weights()[j], within(1e-7));
    }
  }

  private RemoteProject project(int dimension, int batchSize) {
    return RemoteProject.create(
        http,
        "refit",
        Map.of(
            "dimension",
            dimension,
            "batchSize",
            batchSize,
            "prior",
            "ISOTROPIC",
            "priorPrecision",
            LAMBDA));
  }

  private static void inParallel(Runnable work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(() -> {
          work.run();
          return true;
        });
      }
      for (Future<Boolean> future : threads.invokeAll(all)) {
        assertThat(future.get()).isTrue();
      }
    }
  }
}
