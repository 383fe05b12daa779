package dev.tiebreak.load;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The projects of the run: large batches, so that a round publishes thousands at once. */
final class Workplace {

  static final int OVERLAP = 2;

  private static final int PROMPTS_AT_ONCE = 250;
  private static final long PAUSE_MILLIS = 1_000;
  private static final String SETTINGS =
      """
      {"dimension": %d, "batchSize": %d, "refitAfter": %d, "lowWater": %d, "overlap": %d, "leaseSeconds": 60}
      """;

  private final Client client;
  private final List<String> projects;
  private final int batch;
  private final int prompts;

  Workplace(Client client, Options options) {
    this.client = client;
    this.projects =
        IntStream.rangeClosed(1, options.projects()).mapToObj(n -> "floor-" + n).toList();
    this.batch = options.batch();
    this.prompts = options.prompts();
  }

  List<String> projects() {
    return projects;
  }

  /** Makes the projects, uploads their responses and waits for the first batches. */
  void open(MadeUpResponses responses) throws IOException, InterruptedException {
    String settings =
        SETTINGS.formatted(MadeUpResponses.DIMENSION, batch, 2 * batch, batch / 3, OVERLAP);
    for (String project : projects) {
      require(client.put("/projects/" + project, settings));
      for (int uploaded = 0; uploaded < prompts; uploaded += PROMPTS_AT_ONCE) {
        require(
            client.upload(
                "/projects/" + project + "/embeddings",
                responses.rows(Math.min(PROMPTS_AT_ONCE, prompts - uploaded))));
      }
    }
    for (String project : projects) {
      while (newest(project) == 0) {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private long newest(String project) throws IOException {
    JsonNode batches = get("/projects/" + project + "/batches?limit=1").get("items");
    return batches.isEmpty() ? 0 : batches.get(0).get("number").asLong();
  }

  /** Rounds that have published so far. */
  long rounds() throws IOException {
    long rounds = 0;
    for (String project : projects) {
      rounds += newest(project);
    }
    return rounds;
  }

  JsonNode get(String path) throws IOException {
    return require(client.get(path));
  }

  private static JsonNode require(Reply reply) throws IOException {
    if (reply.status() / 100 != 2) {
      throw new IOException("status " + reply.status() + ": " + reply.text());
    }
    return JsonMapper.shared().readTree(reply.body());
  }
}
