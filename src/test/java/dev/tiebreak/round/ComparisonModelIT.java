package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.preference.ComparisonModel;
import dev.tiebreak.preference.Effects;
import dev.tiebreak.preference.EmbeddingSpectrum;
import dev.tiebreak.preference.Fit;
import dev.tiebreak.preference.JudgementGroups;
import dev.tiebreak.preference.Judgements;
import dev.tiebreak.preference.MixedLastLayer;
import dev.tiebreak.preference.Prior;
import dev.tiebreak.preference.PriorSpecification;
import dev.tiebreak.preference.TieModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@IntegrationTest
class ComparisonModelIT {

  private static final int PROMPTS = 10;
  private static final int EACH = 4;
  private static final int VERDICTS = 240;
  private static final List<String> ANNOTATORS = List.of("ada", "bob", "eve");

  private final Http http;
  private final LinearAlgebra algebra = TestAlgebra.open();

  ComparisonModelIT(Http http) {
    this.http = http;
  }

  @Test
  void aRoundFitsPromptsAnnotatorsAndTies() {
    RemoteProject project = project();
    FloatMatrix embeddings = project.uploadRandom(PROMPTS, EACH, 3);
    Judged judged = judge(project, embeddings);
    JsonNode batch = project.select();
    Fit expected = fit(embeddings, judged);
    Effects effects = Objects.requireNonNull(expected.effects());
    JsonNode model = project.model();
    for (int j = 0; j < 4; j++) {
      assertThat(model.path("weights").path(j).asDouble())
          .isCloseTo(expected.weights()[j], within(1e-7));
    }
    assertThat(model.path("promptEffect").path("standardDeviation").asDouble())
        .isEqualTo(effects.promptDeviation());
    assertThat(model.path("promptEffect").path("prompts").asInt()).isEqualTo(PROMPTS);
    assertThat(model.path("annotatorReliability").path("standardDeviation").asDouble())
        .isEqualTo(effects.annotatorDeviation());
    JsonNode annotators = model.path("annotatorReliability").path("annotators");
    for (int j = 0; j < 3; j++) {
      assertThat(annotators.path(j).path("annotator").asString()).isEqualTo(ANNOTATORS.get(j));
      assertThat(annotators.path(j).path("temperature").asDouble())
          .isCloseTo(effects.temperatures()[j], within(1e-6));
      assertThat(annotators.path(j).path("standardError").asDouble())
          .isCloseTo(effects.temperatureErrors()[j], within(1e-6));
    }
    assertThat(annotators.path(2).path("temperature").asDouble())
        .as("eve draws lots")
        .isLessThan(annotators.path(0).path("temperature").asDouble() / 2);
    assertThat(model.path("tieParameter").path("value").asDouble())
        .isCloseTo(effects.tieParameter(), within(1e-6));
    assertProbabilities(batch, embeddings, expected);
  }

  /** p of a comparison contains the offsets of its prompts. */
  private static void assertProbabilities(JsonNode batch, FloatMatrix embeddings, Fit fit) {
    int[] prompts = IntStream.range(0, PROMPTS * EACH).map(i -> i / EACH).toArray();
    double[] offsets = Objects.requireNonNull(fit.effects()).offsets(prompts);
    assertThat(batch.path("comparisons").size()).isEqualTo(20);
    for (JsonNode comparison : batch.path("comparisons")) {
      int a = RemoteProject.row(comparison.path("left"));
      int b = RemoteProject.row(comparison.path("right"));
      double t = offsets[a] - offsets[b] + difference(embeddings, fit.weights(), a, b);
      assertThat(comparison.path("p").asDouble()).isCloseTo(1 / (1 + Math.exp(-t)), within(1e-6));
    }
  }

  @Test
  void theModelIsFoundAgainFromTheLastFitAndIsGoneWhenTurnedOff() {
    RemoteProject project = project();
    FloatMatrix embeddings = project.uploadRandom(PROMPTS, EACH, 3);
    judge(project, embeddings);
    project.refit();
    JsonNode first = project.model();
    project.refit();
    JsonNode again = project.model();
    assertThat(again.path("promptEffect")).isEqualTo(first.path("promptEffect"));
    assertThat(again.path("logEvidence").asDouble())
        .isCloseTo(first.path("logEvidence").asDouble(), within(1e-7));
    project.change(
        Map.of("promptEffect", "NONE", "annotatorReliability", "NONE", "tieModel", "HALF"));
    project.refit();
    JsonNode plain = project.model();
    assertThat(plain.path("promptEffect").isNull()).isTrue();
    assertThat(plain.path("annotatorReliability").isNull()).isTrue();
    assertThat(plain.path("tieParameter").isNull()).isTrue();
    assertThat(plain.path("weights")).isNotEqualTo(first.path("weights"));
  }

  @Test
  void beforeTheFirstVerdictPromptsAreThoughtToDiffer() {
    RemoteProject project = project();
    project.uploadRandom(PROMPTS, EACH, 3);
    project.refit();
    JsonNode model = project.model();
    assertThat(model.path("promptEffect").path("standardDeviation").asDouble()).isEqualTo(1);
    assertThat(model.path("promptEffect").path("prompts").asInt()).isZero();
    assertThat(model.path("annotatorReliability").path("annotators").isEmpty()).isTrue();
    assertThat(model.path("tieParameter").path("value").asDouble()).isEqualTo(1);
  }

  private RemoteProject project() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("dimension", 4);
    settings.put("pairing", "ANY");
    settings.put("batchSize", 20);
    settings.put("promptEffect", "AUTO");
    settings.put("annotatorReliability", "AUTO");
    settings.put("tieModel", "DAVIDSON");
    settings.put("prior", "ISOTROPIC");
    settings.put("priorPrecision", 1);
    return RemoteProject.create(http, "model", settings);
  }

  private record Judged(Judgements judgements, int[] annotators) {}

  private static Judged judge(RemoteProject project, FloatMatrix embeddings) {
    Random random = new Random(5);
    double[] offsets = random.doubles(PROMPTS, -3, 3).toArray();
    double[] weights = {1, -1, 2, 0.5};
    List<Map<String, Object>> rows = new ArrayList<>();
    int[] a = new int[VERDICTS];
    int[] b = new int[VERDICTS];
    double[] y = new double[VERDICTS];
    int[] annotators = new int[VERDICTS];
    Set<List<Integer>> asked = new HashSet<>();
    for (int i = 0; i < VERDICTS; i++) {
      annotators[i] = i % 3;
      do {
        a[i] = random.nextInt(embeddings.rows());
        b[i] = random.nextInt(embeddings.rows());
      } while (a[i] == b[i]
          || !asked.add(List.of(annotators[i], Math.min(a[i], b[i]), Math.max(a[i], b[i]))));
      double t =
          offsets[a[i] / EACH] - offsets[b[i] / EACH] + difference(embeddings, weights, a[i], b[i]);
      y[i] = answer(annotators[i] == 2 ? 0 : t, random);
      String preference =
          y[i] == 1 ? "LEFT" : y[i] == 0 ? "RIGHT" : i % 2 == 0 ? "TIE" : "BOTH_BAD";
      rows.add(
          RemoteProject.judgement(
              "r" + a[i], "r" + b[i], preference, ANNOTATORS.get(annotators[i])));
    }
    project.judge(rows);
    return new Judged(new Judgements(a, b, y), annotators);
  }

  private static double answer(double t, Random random) {
    double u = random.nextDouble() * (Math.exp(t / 2) + Math.exp(-t / 2) + 0.5);
    return u < 0.5 ? 0.5 : u < 0.5 + Math.exp(t / 2) ? 1 : 0;
  }

  private static double difference(FloatMatrix e, double[] w, int a, int b) {
    double t = 0;
    for (int j = 0; j < w.length; j++) {
      t += w[j] * (e.get(a, j) - e.get(b, j));
    }
    return t;
  }

  private Fit fit(FloatMatrix embeddings, Judged judged) {
    int[] prompts = IntStream.range(0, PROMPTS * EACH).map(i -> i / EACH).toArray();
    return new MixedLastLayer(algebra)
        .fit(
            embeddings,
            EmbeddingSpectrum.of(embeddings, prompts, algebra),
            judged.judgements(),
            new JudgementGroups(prompts, judged.annotators()),
            new PriorSpecification(Prior.ISOTROPIC, 1.0, null),
            new ComparisonModel(TieModel.DAVIDSON, null, null),
            null,
            null);
  }
}
