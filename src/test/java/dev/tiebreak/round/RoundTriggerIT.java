package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What makes a round due, and what does not. */
@IntegrationTest
class RoundTriggerIT {

  /** Longer than a few looks of the watch. */
  private static final long SEVERAL_LOOKS_MILLIS = 2500;

  private final Http http;

  RoundTriggerIT(Http http) {
    this.http = http;
  }

  @Test
  void refitsAfterSoManyImportedVerdicts() {
    RemoteProject project = project(Map.of("refitAfter", 3));
    project.uploadRandom(4, 3, 1);
    project.judge(0, 1, "LEFT", "a");
    project.judge(0, 2, "SKIP", "a");
    project.judge(3, 4, "LEFT", "a");
    RemoteProject.pause(SEVERAL_LOOKS_MILLIS);
    assertThat(project.rounds()).isZero();
    project.judge(4, 5, "TIE", "a");
    RemoteProject.until("a round", () -> project.rounds() == 1);
    assertThat(project.model().path("verdicts").asInt()).isEqualTo(3);
    assertThat(trigger(project, 1)).isEqualTo("REFIT_AFTER");
    RemoteProject.pause(SEVERAL_LOOKS_MILLIS);
    assertThat(project.rounds()).isOne();
  }

  @Test
  void refitsAfterSoManyVerdictsOfTheQueueSinceTheLastFit() {
    RemoteProject project = project(Map.of("refitAfter", 2, "batchSize", 6));
    project.uploadRandom(4, 3, 2);
    project.refit();
    List<JsonNode> items = project.next("ann", 4);
    assertThat(project.answer(items.get(0), "LEFT")).isEqualTo("COUNTED");
    assertThat(project.answer(items.get(1), "SKIP")).isEqualTo("SKIPPED");
    RemoteProject.pause(SEVERAL_LOOKS_MILLIS);
    assertThat(project.rounds()).isOne();
    project.answer(items.get(2), "RIGHT");
    RemoteProject.until("a round", () -> project.rounds() == 2);
    assertThat(project.model().path("verdicts").asInt()).isEqualTo(2);
    assertThat(project.batch(1).path("diagnostics").path("realisedGain").asDouble()).isPositive();
  }

  /** A revision counts in place of what it revises, and a skip not at all. */
  @Test
  void revisionsAddNothingToWhatIsNew() {
    RemoteProject project = project(Map.of("refitAfter", 2, "batchSize", 6));
    project.uploadRandom(4, 3, 2);
    project.refit();
    List<JsonNode> items = project.next("ann", 4);
    assertThat(project.answer(items.get(0), "LEFT")).isEqualTo("COUNTED");
    assertThat(project.answer(items.get(0), "RIGHT")).isEqualTo("REVISED");
    assertThat(project.answer(items.get(0), "SKIP")).isEqualTo("REVISED");
    assertThat(project.answer(items.get(1), "SKIP")).isEqualTo("SKIPPED");
    assertThat(project.answer(items.get(2), "LEFT")).isEqualTo("COUNTED");
    RemoteProject.pause(SEVERAL_LOOKS_MILLIS);
    assertThat(project.rounds()).isOne();
    assertThat(project.answer(items.get(3), "LEFT")).isEqualTo("COUNTED");
    RemoteProject.until("a round", () -> project.rounds() == 2);
    assertThat(project.model().path("verdicts").asInt()).isEqualTo(2);
  }

  @Test
  void lowWaterAloneSelectsAgainWithTheLastFit() {
    RemoteProject project = project(Map.of("batchSize", 4));
    project.uploadRandom(4, 3, 3);
    project.judge(0, 1, "LEFT", "a");
    project.refit();
    String tag = Objects.requireNonNull(http.get(project.path("/model")).header("ETag"));
    List<JsonNode> items = project.next("ann", 3);
    project.change(Map.of("lowWater", 6, "batchSize", 5));
    RemoteProject.until("a round", () -> project.rounds() == 2);
    JsonNode batch = project.batch(2);
    assertThat(trigger(project, 2)).isEqualTo("LOW_WATER");
    assertThat(batch.path("provenance").path("fit").asInt()).isOne();
    assertThat(batch.path("size").asInt()).isEqualTo(5);
    assertThat(http.get(project.path("/model"), "If-None-Match", tag).status()).isEqualTo(304);
    for (JsonNode item : items) {
      assertThat(project.answer(item, "LEFT")).isEqualTo("COUNTED");
    }
    project.answer(project.next("ann", 1).getFirst(), "LEFT");
    RemoteProject.until("a fit", () -> project.model().path("verdicts").asInt() == 5);
    assertThat(project.model().path("round").asInt()).isGreaterThan(2);
  }

  @Test
  void aMarkAboveTheBatchSizeDoesNotSpin() {
    RemoteProject project = project(Map.of("batchSize", 3, "lowWater", 1000));
    project.uploadRandom(4, 4, 4);
    RemoteProject.until("a round", () -> project.rounds() == 1);
    RemoteProject.pause(SEVERAL_LOOKS_MILLIS);
    assertThat(project.rounds()).isOne();
    project.answer(project.next("ann", 1).getFirst(), "LEFT");
    RemoteProject.until("a round", () -> project.rounds() == 2);
    RemoteProject.pause(SEVERAL_LOOKS_MILLIS);
    assertThat(project.rounds()).isEqualTo(2);
  }

  @Test
  void exhaustedCandidatesDoNotSpinAndNewOnesWakeIt() {
    RemoteProject project = project(Map.of("batchSize", 10, "lowWater", 10));
    project.uploadRandom(1, 3, 5);
    RemoteProject.until("a round", () -> project.rounds() == 1);
    assertThat(project.batch(1).path("size").asInt()).isEqualTo(3);
    RemoteProject.pause(SEVERAL_LOOKS_MILLIS);
    project.next("ann", 10).forEach(item -> project.answer(item, "LEFT"));
    RemoteProject.pause(SEVERAL_LOOKS_MILLIS);
    assertThat(project.rounds()).isOne();
    project.upload(
        List.of(Map.of("promptId", "p0", "responseId", "r3", "embedding", List.of(1, 2, 3))));
    RemoteProject.until("a round", () -> project.rounds() == 2);
    assertThat(project.batch(2).path("size").asInt()).isEqualTo(3);
    project.change(Map.of("overlap", 2));
    RemoteProject.until("a round", () -> project.rounds() == 3);
    assertThat(project.batch(3).path("candidates").asInt()).isEqualTo(6);
  }

  @Test
  void aSampleOfTheCandidatesIsRenewedUntilAllAreAsked() {
    RemoteProject project = project(Map.of("batchSize", 10, "lowWater", 10, "candidateLimit", 2));
    project.uploadRandom(1, 4, 6);
    RemoteProject.until("a round", () -> project.rounds() == 1);
    RemoteProject.pause(SEVERAL_LOOKS_MILLIS);
    assertThat(project.rounds()).as("no spinning").isOne();
    for (int i = 0; i < 6; i++) {
      RemoteProject.until("work", () -> !project.next("ann", 1).isEmpty());
      project.answer(project.next("ann", 1).getFirst(), "LEFT");
    }
    assertThat(project.json().path("counts").path("comparisonsAnswered").asInt()).isEqualTo(6);
    long rounds = project.rounds();
    RemoteProject.pause(SEVERAL_LOOKS_MILLIS);
    assertThat(project.rounds()).isBetween(rounds, rounds + 1);
  }

  @Test
  void isQuietWithoutEmbeddingsAndWithoutPairs() {
    RemoteProject project = project(Map.of("lowWater", 10));
    project.upload(
        List.of(Map.of("promptId", "p0", "responseId", "r0", "embedding", List.of(1, 2, 3))));
    RemoteProject.pause(SEVERAL_LOOKS_MILLIS);
    assertThat(project.rounds()).isZero();
  }

  @Test
  void servesOneProjectWhileAnotherIsAlwaysDue() {
    RemoteProject busy = project(Map.of("batchSize", 2, "lowWater", 1000, "refitAfter", 1));
    RemoteProject quiet = project(Map.of());
    busy.uploadRandom(8, 6, 7);
    quiet.uploadRandom(3, 3, 8);
    RemoteProject.until("work", () -> !busy.next("ann", 1).isEmpty());
    for (int i = 0; i < 10; i++) {
      busy.next("ann", 1).forEach(item -> busy.answer(item, "LEFT"));
    }
    assertThat(quiet.refit().path("result").path("selected").asInt()).isPositive();
  }

  private RemoteProject project(Map<String, Object> settings) {
    Map<String, Object> all = new java.util.HashMap<>(settings);
    all.putIfAbsent("dimension", 3);
    return RemoteProject.create(http, "trigger", all);
  }

  private String trigger(RemoteProject project, long number) {
    return http.get(project.path("/refits/" + number))
        .expect(200)
        .json()
        .path("trigger")
        .asString();
  }
}
