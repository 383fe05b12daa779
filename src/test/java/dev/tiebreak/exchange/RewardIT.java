package dev.tiebreak.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.linalg.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Rewards of stored responses and scores of any embeddings. */
@IntegrationTest
class RewardIT {

  private final Http http;

  RewardIT(Http http) {
    this.http = http;
  }

  @Test
  void areCentredAndTheSameAsScores() {
    RemoteProject project = project("SPECTRAL");
    FloatMatrix embeddings = project.uploadRandom(7, 5, 1);
    judge(project, 20);
    project.refit();
    List<JsonNode> rewards = rewards(project, 4);
    assertThat(rewards.stream().map(r -> r.path("responseId").asString()))
        .containsExactlyElementsOf(
            java.util.stream.IntStream.range(0, 35).mapToObj(i -> "r" + i).toList());
    assertThat(rewards.get(34).path("promptId").asString()).isEqualTo("p6");
    assertThat(
            rewards.stream().mapToDouble(r -> r.path("reward").asDouble()).average().orElseThrow())
        .isCloseTo(0, within(1e-9));
    assertThat(
            rewards.stream()
                .mapToDouble(r -> Math.abs(r.path("reward").asDouble()))
                .max()
                .orElseThrow())
        .isGreaterThan(0.1);
    List<JsonNode> scores = scores(project, rows(embeddings));
    double[] w =
        project.model().path("weights").valueStream().mapToDouble(JsonNode::asDouble).toArray();
    double[] mean = mean(embeddings);
    for (int i = 0; i < 35; i++) {
      assertThat(scores.get(i).path("reward").asDouble())
          .isEqualTo(rewards.get(i).path("reward").asDouble());
      assertThat(scores.get(i).path("standardDeviation").asDouble())
          .isEqualTo(rewards.get(i).path("standardDeviation").asDouble());
      double reward = 0;
      for (int j = 0; j < 3; j++) {
        reward += w[j] * (embeddings.get(i, j) - mean[j]);
      }
      assertThat(rewards.get(i).path("reward").asDouble()).isCloseTo(reward, within(1e-12));
    }
  }

  @Test
  void haveTheStandardDeviationOfTheLaplacePosterior() {
    RemoteProject project = project("ISOTROPIC");
    FloatMatrix e = project.uploadRandom(4, 3, 2);
    project.judge(0, 1, "LEFT", "a");
    project.judge(3, 5, "RIGHT", "a");
    project.judge(7, 6, "TIE", "a");
    project.refit();
    double[] w =
        project.model().path("weights").valueStream().mapToDouble(JsonNode::asDouble).toArray();
    double[][] h = {{2, 0, 0}, {0, 2, 0}, {0, 0, 2}};
    for (int[] pair : new int[][] {{0, 1}, {3, 5}, {6, 7}}) {
      double[] x = new double[3];
      double t = 0;
      for (int j = 0; j < 3; j++) {
        x[j] = (double) e.get(pair[0], j) - e.get(pair[1], j);
        t += w[j] * x[j];
      }
      double p = 1 / (1 + Math.exp(-t));
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          h[i][j] += p * (1 - p) * x[i] * x[j];
        }
      }
    }
    double[] mean = mean(e);
    List<JsonNode> rewards = rewards(project, 1000);
    for (int r = 0; r < 12; r++) {
      double[] c = new double[3];
      for (int j = 0; j < 3; j++) {
        c[j] = e.get(r, j) - mean[j];
      }
      assertThat(rewards.get(r).path("standardDeviation").asDouble())
          .isCloseTo(Math.sqrt(quadraticFormOfInverse(h, c)), within(1e-10));
    }
  }

  /** cᵀ H⁻¹ c by Cramer's rule. */
  private static double quadraticFormOfInverse(double[][] h, double[] c) {
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      double[][] replaced = {h[0].clone(), h[1].clone(), h[2].clone()};
      for (int i = 0; i < 3; i++) {
        replaced[i][k] = c[i];
      }
      sum += c[k] * determinant(replaced) / determinant(h);
    }
    return sum;
  }

  private static double determinant(double[][] m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  }

  @Test
  void includeWhatWasUploadedAfterTheFit() {
    RemoteProject project = project("SPECTRAL");
    project.uploadRandom(3, 3, 3);
    judge(project, 6);
    project.refit();
    rewards(project, 1000);
    project.upload(
        List.of(Map.of("promptId", "new", "responseId", "late", "embedding", List.of(5, 5, 5))));
    List<JsonNode> rewards = rewards(project, 1000);
    assertThat(rewards).hasSize(10);
    assertThat(rewards.getLast().path("responseId").asString()).isEqualTo("late");
    assertThat(rewards.stream().mapToDouble(r -> r.path("reward").asDouble()).sum())
        .as("the mean has moved too")
        .isCloseTo(0, within(1e-9));
    JsonNode before = rewards.getFirst();
    project.upload(
        List.of(Map.of("promptId", "p0", "responseId", "r0", "embedding", List.of(9, -9, 9))));
    assertThat(rewards(project, 1000).getFirst()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1,2]",
        "[1,2,3,4]",
        "[1,2,\"NaN\"]",
        "[1,2,null]",
        "[1,2,true]",
        "[1,2,[3]]",
        "[1,2,1e39]",
        "[1,2,-1e39]",
        "[1,2,1e400]",
        "\"AACAPwAAAEAAAEBA\"",
        "{}",
        "null",
        "7"
      })
  void refuseWhatIsNoEmbedding(String row) {
    RemoteProject project = project("SPECTRAL");
    project.refit();
    assertThat(
            http.postJson(project.path("/scores"), "{\"embeddings\":[[1,2,3]," + row + "]}")
                .expect(422, "invalid-input")
                .pointers())
        .singleElement()
        .asString()
        .startsWith("/embeddings/1");
  }

  @Test
  void refuseWhatIsNoListAndTakeAnyNumber() {
    RemoteProject project = project("SPECTRAL");
    project.refit();
    String path = project.path("/scores");
    http.postJson(path, "{}").expect(422, "invalid-input");
    http.postJson(path, "[]").expect(422, "invalid-input");
    http.postJson(path, "{\"embeddings\":{}}").expect(422, "invalid-input");
    http.postJson(path, "{\"embeddings\":[],\"rows\":[]}").expect(400, "unknown-field");
    http.postJson(path, "{\"embeddings\":[[1,2,NaN]]}").expect(400, "malformed-body");
    http.postJson(path, "{\"embeddings\":[[1,2,3]").expect(400, "malformed-body");
    http.post(path, "text/plain", "[]").expect(415, "unsupported-media-type");
    assertThat(http.postJson(path, "{\"embeddings\":[]}").expect(200).json().path("scores"))
        .isEmpty();
    assertThat(
            http.postJson(
                    path,
                    "{\"embeddings\":[[16777217,0.1,3.4e38],[123456789012345678901234567890,1e-400,-0],[1,2,3]]}")
                .expect(200)
                .json()
                .path("scores"))
        .hasSize(3);
  }

  private void judge(RemoteProject project, int verdicts) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < verdicts; i++) {
      rows.add(
          RemoteProject.judgement(
              "r" + i % 8, "r" + (i % 8 + 1), i % 3 == 0 ? "RIGHT" : "LEFT", "a" + i));
    }
    project.judge(rows);
  }

  private List<JsonNode> rewards(RemoteProject project, int limit) {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    while (true) {
      JsonNode page = http.get(project.path("/rewards?limit=" + limit + cursor)).expect(200).json();
      page.path("items").forEach(all::add);
      if (page.path("nextCursor").isNull()) {
        return all;
      }
      cursor = "&cursor=" + page.path("nextCursor").asString();
    }
  }

  private List<JsonNode> scores(RemoteProject project, List<List<Float>> rows) {
    return http.postJson(project.path("/scores"), Map.of("embeddings", rows))
        .expect(200)
        .json()
        .path("scores")
        .valueStream()
        .toList();
  }

  private static List<List<Float>> rows(FloatMatrix embeddings) {
    List<List<Float>> rows = new ArrayList<>();
    for (int i = 0; i < embeddings.rows(); i++) {
      rows.add(List.of(embeddings.get(i, 0), embeddings.get(i, 1), embeddings.get(i, 2)));
    }
    return rows;
  }

  private static double[] mean(FloatMatrix embeddings) {
    double[] mean = new double[3];
    for (int i = 0; i < embeddings.rows(); i++) {
      for (int j = 0; j < 3; j++) {
        mean[j] += embeddings.get(i, j) / (double) embeddings.rows();
      }
    }
    return mean;
  }

  private RemoteProject project(String prior) {
    return RemoteProject.create(
        http,
        "reward",
        Map.of("dimension", 3, "batchSize", 4, "prior", prior, "priorPrecision", 2));
  }
}
