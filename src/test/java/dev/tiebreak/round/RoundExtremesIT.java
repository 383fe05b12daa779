package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.linalg.FloatMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Data at the edge: every round ends, and every number that leaves is finite. */
@IntegrationTest
class RoundExtremesIT {

  private final Http http;

  RoundExtremesIT(Http http) {
    this.http = http;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISOTROPIC", "SPECTRAL"})
  void aProjectWithoutEmbeddingsHasAModelOfZeros(String prior) {
    RemoteProject project = project(3, prior, Map.of());
    assertThat(project.select().path("size").asInt()).isZero();
    assertZeros(project, 3);
    assertThat(http.get(project.path("/rewards")).expect(200).json().path("items")).isEmpty();
    project.change(Map.of("dimension", 4));
    http.get(project.path("/model")).expect(404, "model-not-found");
    project.uploadRandom(2, 2, 1);
    http.get(project.path("/rewards")).expect(404, "model-not-found");
    http.postJson(project.path("/scores"), "{\"embeddings\":[[1,2,3]]}")
        .expect(404, "model-not-found");
    project.refit();
    assertZeros(project, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISOTROPIC", "SPECTRAL"})
  void oneResponseHasNothingToBeComparedWith(String prior) {
    RemoteProject project = project(2, prior, Map.of());
    project.upload(FloatMatrix.of(1, 2, new float[] {3, 4}), new int[1]);
    JsonNode batch = project.select();
    assertThat(batch.path("size").asInt()).isZero();
    assertThat(batch.path("candidates").asInt()).isZero();
    assertZeros(project, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISOTROPIC", "SPECTRAL"})
  void equalEmbeddingsTeachNothing(String prior) {
    RemoteProject project = project(3, prior, Map.of("pairing", "ANY"));
    float[] values = new float[12];
    java.util.Arrays.fill(values, 0.1f);
    project.upload(FloatMatrix.of(4, 3, values), new int[] {0, 0, 1, 1});
    for (int i = 0; i < 3; i++) {
      for (String annotator : List.of("a", "b", "c", "d")) {
        project.judge(i, i + 1, "LEFT", annotator);
      }
    }
    JsonNode batch = project.select();
    assertThat(batch.path("size").asInt()).isEqualTo(3);
    assertThat(batch.path("comparisons").valueStream().map(c -> c.path("gain").asDouble()))
        .containsOnly(0.0);
    assertZeros(project, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISOTROPIC", "SPECTRAL"})
  void oneDimensionIsEnough(String prior) {
    RemoteProject project = project(1, prior, Map.of());
    project.upload(FloatMatrix.of(4, 1, new float[] {0, 1, 2, 3}), new int[4]);
    project.judge(3, 0, "LEFT", "a");
    project.refit();
    assertThat(project.model().path("weights").path(0).asDouble()).isPositive();
    assertFinite(project);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISOTROPIC", "SPECTRAL"})
  void separableVerdictsUnderAlmostNoPrior(String prior) {
    RemoteProject project = project(2, prior, Map.of("priorPrecision", 1e-12, "pairing", "ANY"));
    project.uploadRandom(1, 12, 7);
    List<Map<String, Object>> verdicts = new ArrayList<>();
    JsonNode rows = http.get(project.path("/responses?include=embedding")).expect(200).json();
    for (int a = 0; a < 12; a++) {
      for (int b = a + 1; b < 12; b++) {
        boolean left = first(rows, a) > first(rows, b);
        verdicts.add(RemoteProject.judgement("r" + a, "r" + b, left ? "LEFT" : "RIGHT", "a"));
      }
    }
    project.judge(verdicts.subList(0, 60));
    project.refit();
    assertThat(project.model().path("weights").path(0).asDouble()).isGreaterThan(5);
    assertFinite(project);
  }

  private static double first(JsonNode rows, int row) {
    return rows.path("items").path(row).path("embedding").path(0).asDouble();
  }

  @ParameterizedTest
  @CsvSource({
    "ISOTROPIC, 1e4",
    "SPECTRAL, 1e4",
    "ISOTROPIC, 1e30",
    "SPECTRAL, 1e30",
    "SPECTRAL, 1e-30",
    "ISOTROPIC, 1e-30"
  })
  void embeddingsOfAnyScale(String prior, float scale) {
    RemoteProject project = project(3, prior, Map.of("priorPrecision", "AUTO", "pairing", "ANY"));
    float[] values = new float[30];
    java.util.Random random = new java.util.Random(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() * scale;
    }
    project.upload(FloatMatrix.of(10, 3, values), new int[] {0, 0, 0, 0, 0, 1, 1, 1, 1, 1});
    for (int i = 0; i < 9; i++) {
      project.judge(i, i + 1, i % 3 == 0 ? "LEFT" : "RIGHT", "a");
      project.judge(i, i + 1, "RIGHT", "b");
    }
    project.refit();
    assertFinite(project);
    assertThat(project.select().path("size").asInt()).isEqualTo(3);
  }

  @Test
  void rewardDifferencesOf800Logits() {
    RemoteProject project =
        project(1, "ISOTROPIC", Map.of("priorPrecision", 1e-9, "pairing", "ANY", "batchSize", 100));
    project.upload(
        FloatMatrix.of(6, 1, new float[] {0, 1, -1, 1000, -1000, 500}),
        new int[] {0, 0, 1, 1, 2, 2});
    project.judge(1, 0, "LEFT", "a");
    project.judge(0, 2, "LEFT", "a");
    JsonNode batch = project.select();
    double w = project.model().path("weights").path(0).asDouble();
    assertThat(2000 * w).isGreaterThan(800);
    assertThat(batch.path("size").asInt()).isEqualTo(13);
    assertThat(batch.path("comparisons").valueStream().map(c -> c.path("p").asDouble()))
        .contains(0.0, 1.0)
        .allSatisfy(p -> assertThat(p).isBetween(0.0, 1.0));
    assertFinite(project);
  }

  private static void assertZeros(RemoteProject project, int d) {
    JsonNode model = project.model();
    assertThat(model.path("weights").valueStream().map(JsonNode::asDouble))
        .hasSize(d)
        .containsOnly(0.0);
  }

  private void assertFinite(RemoteProject project) {
    JsonNode model = project.model();
    for (String name : List.of("priorPrecision", "logEvidence", "logLikelihood", "logDet")) {
      assertNumber(model.path(name), name);
    }
    model.path("weights").forEach(w -> assertNumber(w, "weight"));
    JsonNode batch = project.batch(project.batches().getFirst().path("number").asLong());
    ((ObjectNode) batch.path("diagnostics"))
        .without("certificate")
        .forEach(value -> assertNumber(value, "diagnostic"));
    batch.path("comparisons").forEach(c -> assertNumber(c.path("gain"), "gain"));
    JsonNode rewards = http.get(project.path("/rewards")).expect(200).json().path("items");
    assertThat(rewards).isNotEmpty();
    rewards.forEach(reward -> {
      assertNumber(reward.path("reward"), "reward");
      assertNumber(reward.path("standardDeviation"), "standard deviation");
    });
  }

  private static void assertNumber(JsonNode value, String name) {
    assertThat(value.isNumber() && Double.isFinite(value.asDouble()))
        .as(name + " " + value)
        .isTrue();
  }

  private RemoteProject project(int d, String prior, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putIfAbsent("batchSize", 3);
    all.put("dimension", d);
    all.put("prior", prior);
    return RemoteProject.create(http, "extreme", all);
  }
}
