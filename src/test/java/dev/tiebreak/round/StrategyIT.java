package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.design.Strategy;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every strategy serves a project, whatever its pairing, from the first round on. */
@IntegrationTest
class StrategyIT {

  private final Http http;

  StrategyIT(Http http) {
    this.http = http;
  }

  static Stream<Arguments> strategiesAndPairings() {
    return Stream.of(Strategy.values())
        .flatMap(strategy ->
            Stream.of("IN_PROMPT", "CROSS_PROMPT", "ANY")
                .map(pairing -> Arguments.of(strategy, pairing)));
  }

  @ParameterizedTest
  @MethodSource("strategiesAndPairings")
  void selectsColdAndAfterVerdicts(Strategy strategy, String pairing) {
    RemoteProject project =
        RemoteProject.create(
            http,
            "strategy",
            Map.of(
                "dimension", 3, "strategy", strategy.name(), "pairing", pairing, "batchSize", 10));
    project.uploadRandom(6, 4, 1);
    assertBatch(project.select(), strategy);
    project.next("ann", 5).forEach(item -> project.answer(item, "LEFT"));
    assertBatch(project.select(), strategy);
  }

  private static void assertBatch(JsonNode batch, Strategy strategy) {
    assertThat(batch.path("strategy").asString()).isEqualTo(strategy.name());
    assertThat(batch.path("size").asInt()).isEqualTo(10);
    assertThat(
            batch.path("comparisons").valueStream().map(comparison -> comparison.path("comparison")))
        .hasSize(10)
        .doesNotHaveDuplicates();
    assertThat(batch.path("diagnostics").path("predictedGain").asDouble()).isPositive();
  }
}
