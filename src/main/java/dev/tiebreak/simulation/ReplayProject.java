package dev.tiebreak.simulation;

import dev.tiebreak.simulation.Contract.Judgement;
import dev.tiebreak.simulation.Truth.GoldRewards;
import dev.tiebreak.simulation.Truth.RecordedChoices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Makes a project of a data set: responses with their gold rewards, or with recorded choices. */
final class ReplayProject {

  private static final int CHUNK = 5000;

  private final ServiceClient client;
  private final String project;
  private final Consumer<String> out;

  ReplayProject(ServiceClient client, String project, Consumer<String> out) {
    this.client = client;
    this.project = project;
    this.out = out;
  }

  /**
   * Creates and fills it.
   *
   * @param settings of the project beside its dimension
   * @param metadata of a row
   */
  void create(
      DataSet data,
      Map<String, Object> settings,
      boolean replace,
      IntFunction<Map<String, Double>> metadata)
      throws InterruptedException {
    if (client.exists(project)) {
      if (!replace) {
        throw new SimulationException(
            "Project %s exists already: --replace deletes it first, --project names another"
                .formatted(project));
      }
      client.delete(project);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("dimension", data.dimension());
    // nobody annotates here, so no round is due
    body.put("lowWater", 0);
    body.putAll(settings);
    client.create(project, body);
    out.accept(data.description());
    Contract.Uploaded uploaded =
        client.upload(
            project,
            new Upload(data, new LinkedHashSet<>(data.promptIds()), metadata, client::write));
    out.accept("%,d responses uploaded to project %s".formatted(uploaded.responses(), project));
    if (data.truth() instanceof RecordedChoices recorded) {
      judge(data, recorded);
    }
  }

  private void judge(DataSet data, RecordedChoices recorded) throws InterruptedException {
    List<Judgement> judgements = new ArrayList<>();
    recorded
        .choices()
        .forEach((pair, choices) -> {
          for (int i = 0; i < choices.size(); i++) {
            if (choices.get(i) != Preference.SKIP) {
              judgements.add(
                  new Judgement(
                      data.responses().get(pair.least()).responseId(),
                      data.responses().get(pair.greatest()).responseId(),
                      choices.get(i),
                      "annotator-" + (i + 1)));
            }
          }
        });
    for (int start = 0; start < judgements.size(); start += CHUNK) {
      client.importJudgements(
          project, judgements.subList(start, Math.min(start + CHUNK, judgements.size())));
    }
    out.accept("%,d choices imported".formatted(judgements.size()));
  }

  /** The gold reward of a row, where there are any. */
  static IntFunction<Map<String, Double>> gold(DataSet data) {
    return switch (data.truth()) {
      case GoldRewards gold -> row -> Map.of("goldReward", gold.rewards()[row]);
      case RecordedChoices recorded -> row -> Map.of();
    };
  }
}
