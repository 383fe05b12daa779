package dev.tiebreak.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Fuzz;
import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.preference.Prior;
import dev.tiebreak.preference.TieModel;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.Refusals;
import dev.tiebreak.project.ProjectSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplaySettingsBodyFuzzTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final ProjectSettings PROJECT =
      new ProjectSettings(
          3,
          Pairing.ANY,
          Strategy.I_OPTIMAL,
          10,
          10,
          0,
          1,
          600,
          20,
          Prior.HIERARCHICAL,
          null,
          null,
          null,
          0.0,
          TieModel.HALF,
          0.1,
          null,
          0,
          0,
          null,
          null,
          null);

  @Fuzz
  void settingsMakeAnAllowedGridOrAreRefused(byte[] body) {
    JsonNode node;
    try {
      node = JSON.readTree(body);
    } catch (JacksonException notJson) {
      return;
    }
    ReplaySettings settings;
    try {
      settings = ReplaySettingsBody.read(node, PROJECT, name -> name.length() < 12);
    } catch (ProblemException refused) {
      Refusals.assertOfBody(refused);
      return;
    }
    assertThat(settings.cells()).isBetween(1L, (long) ReplaySettingsBody.MOST_CELLS);
    assertThat(settings.strategies()).contains(Strategy.RANDOM).doesNotHaveDuplicates();
    assertThat(settings.cells() * settings.labels()).isPositive();
    assertThat(settings.heldOutShare()).isBetween(0.01, 0.99);
  }
}
