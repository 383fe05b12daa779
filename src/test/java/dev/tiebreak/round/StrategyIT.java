package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Strategy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A round of every strategy, from the settings to the published batch. */
@IntegrationTest
class StrategyIT {

  private static final int RESPONSES = 24;
  private static final int EACH = 4;

  private final Http http;

  StrategyIT(Http http) {
    this.http = http;
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void selectsUnderEveryPairingTheSameForTheSameSeed(Strategy strategy) {
    for (Pairing pairing : Pairing.values()) {
      JsonNode batch = project(strategy, pairing).select();
      assertThat(batch.path("strategy").asString()).isEqualTo(strategy.name());
      assertThat(batch.path("size").asInt()).isEqualTo(12);
      Set<String> pairs = new HashSet<>(pairs(batch));
      assertThat(pairs).hasSize(12);
      for (JsonNode comparison : batch.path("comparisons")) {
        boolean inPrompt = prompt(comparison, "left") == prompt(comparison, "right");
        assertThat(pairing == Pairing.ANY || inPrompt == (pairing == Pairing.IN_PROMPT)).isTrue();
        assertThat(comparison.path("gain").asDouble()).isFinite().isNotNegative();
        boolean drawn =
            strategy == Strategy.RANDOM || comparison.path("arm").asString().equals("RANDOM");
        assertThat(comparison.path("selectionProbability").isNumber()).isEqualTo(drawn);
      }
      assertThat(pairs(project(strategy, pairing).select())).isEqualTo(pairs(batch));
    }
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void selectsColdAndAfterVerdicts(Strategy strategy) {
    for (Pairing pairing : Pairing.values()) {
      RemoteProject project =
          RemoteProject.create(
              http,
              "strategy",
              Map.of(
                  "dimension",
                  3,
                  "strategy",
                  strategy.name(),
                  "pairing",
                  pairing.name(),
                  "batchSize",
                  10));
      project.uploadRandom(6, 4, 1);
      assertThat(pairs(project.select())).hasSize(10).doesNotHaveDuplicates();
      project.next("ann", 5).forEach(item -> project.answer(item, "LEFT"));
      JsonNode batch = project.select();
      assertThat(pairs(batch)).hasSize(10).doesNotHaveDuplicates();
      assertThat(batch.path("diagnostics").path("predictedGain").asDouble()).isPositive();
    }
  }

  /** Ten judgements, the model of these, and a quarter of the batch at random. */
  private RemoteProject project(Strategy strategy, Pairing pairing) {
    RemoteProject project =
        RemoteProject.create(
            http,
            "strategy",
            Map.of(
                "dimension",
                5,
                "strategy",
                strategy.name(),
                "pairing",
                pairing.name(),
                "batchSize",
                12,
                "randomShare",
                0.25,
                "seed",
                7));
    project.uploadRandom(RESPONSES / EACH, EACH, 3);
    for (int i = 0; i < 10; i++) {
      project.judge(2 * i, 2 * i + 1, i % 3 == 0 ? "RIGHT" : "LEFT", "ann");
    }
    return project;
  }

  private static int prompt(JsonNode comparison, String side) {
    return Integer.parseInt(comparison.path(side).asString().substring(1)) / EACH;
  }

  private static List<String> pairs(JsonNode batch) {
    List<String> pairs = new ArrayList<>();
    batch
        .path("comparisons")
        .forEach(c -> pairs.add(c.path("left").asString() + " " + c.path("right").asString()));
    return pairs;
  }
}
