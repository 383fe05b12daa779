package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.linalg.FloatMatrix;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Where batches lie among the embeddings. */
@IntegrationTest
class BatchMapIT {

  private final Http http;

  BatchMapIT(Http http) {
    this.http = http;
  }

  private static List<JsonNode> points(JsonNode map) {
    return map.path("points").valueStream().toList();
  }

  private JsonNode map(RemoteProject project, long number, String query) {
    return http.get(project.path("/batches/" + number + "/map" + query)).expect(200).json();
  }

  @Test
  void showsTheBatchAsAGraph() {
    RemoteProject project =
        RemoteProject.create(http, "map", Map.of("dimension", 2, "batchSize", 7));
    project.uploadRandom(4, 5, 1);
    JsonNode batch = project.select();

    JsonNode map = map(project, 1, "");

    List<JsonNode> points = points(map);
    assertThat(map.path("responses").asInt()).isEqualTo(20).isEqualTo(points.size());
    assertThat(map.path("size").asInt()).isEqualTo(7).isEqualTo(map.path("edges").size());
    int[] degrees = new int[20];
    for (int i = 0; i < 7; i++) {
      JsonNode edge = map.path("edges").path(i);
      JsonNode comparison = batch.path("comparisons").path(i);
      for (String side : List.of("left", "right")) {
        assertThat(points.get(edge.path(side).asInt()).path("responseId"))
            .isEqualTo(comparison.path(side));
        degrees[edge.path(side).asInt()]++;
      }
      for (String name : List.of("comparison", "arm", "gain", "p", "state")) {
        assertThat(edge.path(name)).isEqualTo(comparison.path(name));
      }
    }
    assertThat(points.stream().mapToInt(point -> point.path("degree").asInt()).toArray())
        .isEqualTo(degrees);
    assertThat(points)
        .extracting(point -> point.path("responseId").asString())
        .doesNotHaveDuplicates();
  }

  @Test
  void placesTwoDimensionsAsTheyAreAndRewardsByTheFitOfTheBatch() {
    RemoteProject project =
        RemoteProject.create(http, "map", Map.of("dimension", 2, "batchSize", 3));
    FloatMatrix embeddings = project.uploadRandom(4, 5, 2);
    project.judge(0, 1, "LEFT", "ann");
    project.refit();
    JsonNode weights = project.model().path("weights");
    project.judge(5, 6, "RIGHT", "ann");
    project.refit();
    assertThat(project.model().path("weights")).isNotEqualTo(weights);

    JsonNode map = map(project, 1, "");

    assertThat(map.path("fit").asInt()).isOne();
    double[] mean = {mean(embeddings, 0), mean(embeddings, 1)};
    for (JsonNode point : points(map)) {
      int row = RemoteProject.row(point.path("responseId"));
      double x = embeddings.get(row, 0) - mean[0];
      double y = embeddings.get(row, 1) - mean[1];
      assertThat(point.path("promptId").asString()).isEqualTo("p" + row / 5);
      assertThat(point.path("x").asDouble()).isCloseTo(x, within(1e-6));
      assertThat(point.path("y").asDouble()).isCloseTo(y, within(1e-6));
      assertThat(point.path("reward").asDouble())
          .isCloseTo(x * weights.path(0).asDouble() + y * weights.path(1).asDouble(), within(1e-6));
    }
  }

  private static double mean(FloatMatrix embeddings, int column) {
    double sum = 0;
    for (int i = 0; i < embeddings.rows(); i++) {
      sum += embeddings.get(i, column);
    }
    return sum / embeddings.rows();
  }

  /** What defines principal components: uncorrelated, and no direction varies more. */
  @Test
  void placesMoreDimensionsByTheirPrincipalComponents() {
    RemoteProject project =
        RemoteProject.create(http, "map", Map.of("dimension", 6, "batchSize", 3));
    FloatMatrix embeddings = project.uploadRandom(20, 3, 3);
    project.refit();

    List<JsonNode> points = points(map(project, 1, "?others=60"));

    assertThat(points).hasSize(60);
    ToDoubleFunction<JsonNode> x = point -> point.path("x").asDouble();
    ToDoubleFunction<JsonNode> y = point -> point.path("y").asDouble();
    double horizontal =
        points.stream().mapToDouble(p -> x.applyAsDouble(p) * x.applyAsDouble(p)).sum();
    double vertical =
        points.stream().mapToDouble(p -> y.applyAsDouble(p) * y.applyAsDouble(p)).sum();
    double both = points.stream().mapToDouble(p -> x.applyAsDouble(p) * y.applyAsDouble(p)).sum();
    assertThat(points.stream().mapToDouble(x).sum()).isCloseTo(0, within(1e-4));
    assertThat(both).isCloseTo(0, within(1e-4 * horizontal));
    assertThat(vertical).isPositive().isLessThanOrEqualTo(horizontal);
    for (int j = 0; j < 6; j++) {
      double middle = mean(embeddings, j);
      double spread = 0;
      for (int i = 0; i < 60; i++) {
        spread += Math.pow(embeddings.get(i, j) - middle, 2);
      }
      assertThat(spread).isLessThan(horizontal);
    }
  }

  @Test
  void isBounded() {
    RemoteProject project =
        RemoteProject.create(http, "map", Map.of("dimension", 3, "batchSize", 30));
    project.uploadRandom(40, 3, 4);
    project.refit();

    JsonNode few = map(project, 1, "?comparisons=4&others=0");

    assertThat(few.path("edges").size()).isEqualTo(4);
    assertThat(few.path("size").asInt()).isEqualTo(30);
    assertThat(points(few)).hasSizeBetween(4, 8);
    assertThat(points(few)).allSatisfy(p -> assertThat(p.path("degree").asInt()).isPositive());
    assertThat(points(map(project, 1, "?comparisons=1&others=10"))).hasSizeBetween(10, 12);
    for (String query : List.of("comparisons=0", "comparisons=1001", "others=-1", "others=2001")) {
      http.get(project.path("/batches/1/map?" + query)).expect(422, "invalid-input");
    }
  }

  @Test
  void isEmptyWhereNothingIsStored() {
    RemoteProject project = RemoteProject.create(http, "map", Map.of("dimension", 3));
    project.refit();

    JsonNode map = map(project, 1, "");

    assertThat(map.path("points")).isEmpty();
    assertThat(map.path("edges")).isEmpty();
    http.get(project.path("/batches/2/map")).expect(404, "batch-not-found");
  }
}
