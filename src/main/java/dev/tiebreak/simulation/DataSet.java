package dev.tiebreak.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Responses with their embeddings, and the truth from which annotators answer. Row-aligned. */
final class DataSet {

  private final String name;
  private final List<Response> responses;
  private final float[][] embeddings;
  private final Truth truth;
  private final Map<String, Integer> rows = new HashMap<>();

  /**
   * Aligns responses and embeddings.
   *
   * @param embeddings n rows of d numbers
   */
  DataSet(String name, List<Response> responses, float[][] embeddings, Truth truth) {
    if (responses.size() != embeddings.length) {
      throw new SimulationException(
          "%s: %,d responses but %,d embeddings"
              .formatted(name, responses.size(), embeddings.length));
    }
    this.name = name;
    this.responses = List.copyOf(responses);
    this.embeddings = embeddings;
    this.truth = truth;
    for (int row = 0; row < responses.size(); row++) {
      String id = responses.get(row).responseId();
      if (rows.put(id, row) != null) {
        throw new SimulationException(name + ": two responses are called " + id);
      }
    }
  }

  String name() {
    return name;
  }

  List<Response> responses() {
    return responses;
  }

  Truth truth() {
    return truth;
  }

  float[] embedding(int row) {
    return embeddings[row];
  }

  int dimension() {
    return embeddings.length == 0 ? 0 : embeddings[0].length;
  }

  /** The row of a response, null where the data set doesn't have it. */
  @Nullable Integer row(String responseId) {
    return rows.get(responseId);
  }

  /** Distinct prompts, in the order of their first response. */
  List<String> promptIds() {
    return responses.stream().map(Response::promptId).distinct().toList();
  }

  String description() {
    return "%s: %,d responses to %,d prompts, %d dimensions, %s"
        .formatted(name, responses.size(), promptIds().size(), dimension(), truth.description());
  }
}
