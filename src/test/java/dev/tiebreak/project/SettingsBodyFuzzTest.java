package dev.tiebreak.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Fuzz;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.Refusals;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SettingsBodyFuzzTest {

  private static final JsonMapper JSON = new JsonMapper();

  @Fuzz
  void settingsAreWithinTheirBoundsOrRefused(byte[] body) {
    JsonNode node;
    try {
      node = JSON.readTree(body);
    } catch (JacksonException notJson) {
      return;
    }
    ProjectSettings settings;
    try {
      settings = SettingsBody.read(node);
    } catch (ProblemException refused) {
      Refusals.assertOfBody(refused);
      return;
    }
    assertThat(settings.dimension()).isBetween(1, 16_384);
    assertThat(settings.batchSize()).isBetween(1, 10_000);
    assertThat(settings.overlap()).isBetween(1, 100);
    assertThat(settings.leaseSeconds()).isBetween(1, 86_400);
    assertThat(settings.randomShare()).isBetween(0.0, 1.0);
    if (settings.priorPrecision() != null) {
      assertThat(settings.priorPrecision()).isBetween(1e-30, 1e30);
    }
    assertThat(SettingsBody.read(node)).isEqualTo(settings);
  }
}
