package dev.tiebreak.page;

import dev.tiebreak.Http;
import dev.tiebreak.RemoteProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Responses with a gold reward, as rows of NDJSON, and annotators who go by it. */
final class Rows {

  static final int DIMENSION = 6;

  private static final double[] WEIGHTS = {1.5, -1, 0.7, 0.4, -0.2, 0.1};

  private final Random random;

  Rows(long seed) {
    random = new Random(seed);
  }

  /** A project of two rounds, with verdicts of one annotator between. */
  static RemoteProject judged(Http http, String slug) {
    RemoteProject project = RemoteProject.create(http, slug, settings());
    Rows rows = new Rows(3);
    http.post(
            project.path("/embeddings"), "application/x-ndjson", String.join("\n", rows.of(12, 6)))
        .expect(200);
    project.refit();
    rows.answer(project, "ann", 15);
    project.refit();
    return project;
  }

  /** Rows that the service stores. */
  List<String> of(int prompts, int responsesEach) {
    List<String> rows = new ArrayList<>();
    for (int prompt = 0; prompt < prompts; prompt++) {
      for (int i = 0; i < responsesEach; i++) {
        rows.add(row("p" + prompt, "p" + prompt + "-r" + i));
      }
    }
    return rows;
  }

  private String row(String promptId, String responseId) {
    StringBuilder embedding = new StringBuilder();
    double gold = 0;
    for (double weight : WEIGHTS) {
      double x = Math.round(1000 * random.nextGaussian()) / 1000.0;
      gold += weight * x;
      embedding.append(embedding.isEmpty() ? "" : ",").append(x);
    }
    return """
    {"promptId":"%s","responseId":"%s","prompt":"What is %s?","response":"It is %s.",\
    "metadata":{"goldReward":%s},"embedding":[%s]}\
    """
        .formatted(promptId, responseId, promptId, responseId, gold, embedding);
  }

  /** Answers, mostly for the greater gold reward; gives how many. */
  int answer(RemoteProject project, String annotator, int size) {
    List<JsonNode> items = project.next(annotator, size);
    for (JsonNode item : items) {
      double difference = gold(item.path("left")) - gold(item.path("right"));
      boolean left = random.nextDouble() < 1 / (1 + Math.exp(-difference));
      project.answer(item, left ? "LEFT" : "RIGHT");
    }
    return items.size();
  }

  private static double gold(JsonNode side) {
    return side.path("metadata").path("goldReward").asDouble();
  }

  /** Settings for these rows. */
  static Map<String, Object> settings() {
    return Map.of("dimension", DIMENSION, "batchSize", 20, "randomShare", 0.5);
  }
}
