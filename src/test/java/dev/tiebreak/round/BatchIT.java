package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.design.RoundSeed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is told of a batch, and what a seed decides. */
@IntegrationTest
class BatchIT {

  private final Http http;

  BatchIT(Http http) {
    this.http = http;
  }

  @Test
  void listsTheNewestFirstPageByPage() {
    RemoteProject project = project(Map.of("batchSize", 1));
    project.uploadRandom(3, 3, 1);
    for (int i = 0; i < 5; i++) {
      project.refit();
    }
    List<Integer> numbers = new ArrayList<>();
    String cursor = "";
    for (int page = 0; page < 3; page++) {
      JsonNode json = http.get(project.path("/batches?limit=2" + cursor)).expect(200).json();
      json.path("items").forEach(batch -> numbers.add(batch.path("number").asInt()));
      assertThat(json.path("nextCursor").isNull()).isEqualTo(page == 2);
      cursor = "&cursor=" + json.path("nextCursor").asString("");
    }
    assertThat(numbers).containsExactly(5, 4, 3, 2, 1);
    http.get(project.path("/batches?cursor=!")).expect(422, "invalid-input");
  }

  @Test
  void tellsWhereABatchComesFromAndWhatItIsLike() {
    RemoteProject project = project(Map.of("batchSize", 6, "seed", 42));
    project.uploadRandom(4, 4, 2);
    project.judge(0, 1, "LEFT", "a");
    JsonNode batch = project.select();
    JsonNode provenance = batch.path("provenance");
    assertThat(provenance.path("fit").asInt()).isOne();
    assertThat(provenance.path("embeddingsVersion").asInt()).isPositive();
    assertThat(provenance.path("snapshot").asString()).matches("\\d+:\\d+:[\\d,]*");
    assertThat(provenance.path("seed").asLong()).isEqualTo(RoundSeed.of(42, 1));
    assertThat(provenance.path("build").asString()).matches("\\S+ of \\d{4}-\\d\\d-\\d\\dT\\S+Z");
    assertThat(provenance.path("settings").path("batchSize").asInt()).isEqualTo(6);
    assertThat(provenance.path("settings").path("priorPrecision").asString()).isEqualTo("AUTO");
    assertThat(provenance.path("settings").path("strategy").asString()).isEqualTo("I_OPTIMAL");
    JsonNode diagnostics = batch.path("diagnostics");
    for (String name :
        List.of(
            "logDetBefore",
            "logDetAfter",
            "predictedGain",
            "comparisonsPerResponseMean",
            "comparisonsPerResponseStandardDeviation",
            "distinctResponses",
            "connectedComponents",
            "absoluteRewardDifferenceMean",
            "absoluteRewardDifferenceStandardDeviation",
            "rawVariance",
            "whitenedVariance",
            "distinctPromptShare")) {
      assertThat(diagnostics.path(name).isNumber()).as(name).isTrue();
    }
    assertThat(diagnostics.has("realisedGain")).isFalse();
    assertThat(diagnostics.path("certificate").isNull()).isTrue();
    double gains =
        batch.path("comparisons").valueStream().mapToDouble(c -> c.path("gain").asDouble()).sum();
    assertThat(diagnostics.path("predictedGain").asDouble()).isCloseTo(gains, within(1e-9));
    assertThat(
            diagnostics.path("logDetAfter").asDouble()
                - diagnostics.path("logDetBefore").asDouble())
        .isCloseTo(gains, within(1e-9));
    JsonNode listed = project.batches().getFirst();
    assertThat(listed.path("diagnostics")).isEqualTo(diagnostics);
    assertThat(listed.path("provenance")).isEqualTo(provenance);
    assertThat(listed.path("candidates").asInt()).isEqualTo(23);
  }

  @Test
  void drawsHalfOfABatchUniformlyWhereAsked() {
    RemoteProject project = project(Map.of("batchSize", 7, "randomShare", 0.5, "pairing", "ANY"));
    project.uploadRandom(4, 3, 3);
    for (int round = 0; round < 4; round++) {
      JsonNode comparisons = project.select().path("comparisons");
      long random =
          comparisons.valueStream().filter(c -> c.path("arm").asString().equals("RANDOM")).count();
      assertThat(random).isBetween(3L, 4L);
      for (JsonNode comparison : comparisons) {
        if (comparison.path("arm").asString().equals("RANDOM")) {
          assertThat(comparison.path("selectionProbability").asDouble())
              .isCloseTo(0.5 * 7 / 66, within(1e-12));
        } else {
          assertThat(comparison.path("selectionProbability").isNull()).isTrue();
        }
        assertThat(comparison.path("p").asDouble()).isEqualTo(0.5);
      }
    }
  }

  @Test
  void theSeedDecidesWhatIsDrawn() {
    Map<String, Object> settings =
        Map.of(
            "batchSize", 5, "randomShare", 0.4, "candidateLimit", 12, "pairing", "ANY", "seed", 9);
    RemoteProject one = project(settings);
    RemoteProject other = project(settings);
    RemoteProject another = project(settings);
    another.change(Map.of("seed", 10));
    for (RemoteProject project : List.of(one, other, another)) {
      project.uploadRandom(4, 4, 4);
    }
    for (int round = 0; round < 2; round++) {
      JsonNode batch = one.select();
      assertThat(batch.path("candidates").asInt()).isEqualTo(12);
      List<String> pairs = pairs(batch);
      assertThat(pairs(other.select())).isEqualTo(pairs);
      assertThat(pairs(another.select())).isNotEqualTo(pairs);
    }
    assertThat(pairs(one.batch(1))).isNotEqualTo(pairs(one.batch(2)));
  }

  @Test
  void keepsToThePairing() {
    RemoteProject project = project(Map.of("batchSize", 100, "pairing", "CROSS_PROMPT"));
    project.uploadRandom(3, 2, 5);
    JsonNode cross = project.select();
    assertThat(cross.path("candidates").asInt()).isEqualTo(12);
    assertThat(cross.path("comparisons").valueStream().map(c -> c.path("kind").asString()))
        .containsOnly("CROSS_PROMPT");
    project.change(Map.of("pairing", "IN_PROMPT", "strategy", "RANDOM"));
    JsonNode within = project.select();
    assertThat(pairs(within)).containsExactlyInAnyOrder("r0 r1", "r2 r3", "r4 r5");
    assertThat(
            within
                .path("comparisons")
                .valueStream()
                .map(c -> c.path("selectionProbability").asDouble()))
        .containsOnly(1.0);
    assertThat(within.path("comparisons").valueStream().map(c -> c.path("kind").asString()))
        .containsOnly("IN_PROMPT");
  }

  private static List<String> pairs(JsonNode batch) {
    return batch
        .path("comparisons")
        .valueStream()
        .map(c -> c.path("left").asString() + " " + c.path("right").asString())
        .toList();
  }

  private RemoteProject project(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putIfAbsent("dimension", 3);
    return RemoteProject.create(http, "batch", all);
  }
}
