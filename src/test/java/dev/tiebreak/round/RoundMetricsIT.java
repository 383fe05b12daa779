package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The meters that operators rely on. */
@IntegrationTest
class RoundMetricsIT {

  private final Http http;
  private final ProjectRoundMetrics rounds;

  RoundMetricsIT(Http http, ProjectRoundMetrics rounds) {
    this.http = http;
    this.rounds = rounds;
  }

  @Test
  void hasEveryMeterAfterARound() {
    RemoteProject project =
        RemoteProject.create(http, "metrics", Map.of("dimension", 3, "batchSize", 4));
    project.uploadRandom(3, 3, 1);
    project.judge(0, 1, "LEFT", "a");
    project.certify();
    JsonNode batch = project.select();
    List<JsonNode> items = project.next("ann", 2);
    project.answer(items.getFirst(), "LEFT");
    rounds.refresh();
    for (String state : List.of("OPEN", "LEASED", "ANSWERED")) {
      // counts are a second old at the most
      await()
          .untilAsserted(() ->
              assertThat(value("tiebreak_queue_comparisons", "state=\"" + state + "\""))
                  .isPositive());
    }
    assertThat(value("tiebreak_queue_comparisons", "state=\"RETIRED\"")).isNotNegative();
    assertThat(value("tiebreak_linalg_info", "backend=\"openblas\"")).isEqualTo(1);
    assertThat(value("tiebreak_queue_leases_live", "")).isPositive();
    assertThat(value("tiebreak_queue_leases_total", "")).isGreaterThanOrEqualTo(2);
    assertThat(value("tiebreak_verdicts_total", "outcome=\"COUNTED\"")).isPositive();
    assertThat(value("tiebreak_verdicts_total", "outcome=\"IMPORTED\"")).isPositive();
    for (String outcome : List.of("SKIPPED", "DUPLICATE", "REVISED", "LATE", "REFUSED")) {
      assertThat(value("tiebreak_verdicts_total", "outcome=\"" + outcome + "\"")).isNotNegative();
    }
    for (String stage : List.of("read", "fit", "select", "certify", "publish")) {
      assertThat(value("tiebreak_round_stage_seconds_count", "stage=\"" + stage + "\""))
          .isPositive();
      assertThat(value("tiebreak_round_stage_seconds_sum", "stage=\"" + stage + "\"")).isPositive();
    }
    for (String outcome : List.of("done", "failed", "lost")) {
      assertThat(value("tiebreak_rounds_total", "outcome=\"" + outcome + "\"")).isNotNegative();
    }
    assertThat(value("tiebreak_fit_not_converged_total", "")).isNotNegative();
    assertThat(of(project, "tiebreak_round_number")).isEqualTo(2);
    assertThat(of(project, "tiebreak_round_candidates")).isEqualTo(8);
    assertThat(of(project, "tiebreak_round_selected")).isEqualTo(4);
    assertThat(of(project, "tiebreak_round_gain_predicted"))
        .isCloseTo(batch.path("diagnostics").path("predictedGain").asDouble(), within(1e-9));
    assertThat(of(project, "tiebreak_round_verdicts_fresh")).isEqualTo(1);
    assertThat(of(project, "tiebreak_fit_verdicts")).isEqualTo(1);
    assertThat(of(project, "tiebreak_fit_iterations")).isPositive();
    assertThat(of(project, "tiebreak_fit_gradient_norm")).isBetween(0.0, 1e-6);
    assertThat(of(project, "tiebreak_fit_log_det"))
        .isCloseTo(project.model().path("logDet").asDouble(), within(1e-9));
  }

  @Test
  void forgetsAProjectThatIsGone() {
    RemoteProject project = RemoteProject.create(http, "gone", Map.of("dimension", 3));
    project.refit();
    rounds.refresh();
    assertThat(http.get("/metrics").expect(200).text()).contains(project.slug());
    http.delete(project.path("?confirm=" + project.slug())).expect(204);
    rounds.refresh();
    assertThat(http.get("/metrics").expect(200).text()).doesNotContain(project.slug());
  }

  private double of(RemoteProject project, String meter) {
    return value(meter, "project=\"" + project.slug() + "\"");
  }

  /** The value of a meter whose tags contain this. */
  private double value(String meter, String tag) {
    return http.get("/metrics")
        .expect(200)
        .text()
        .lines()
        .filter(line -> line.matches(java.util.regex.Pattern.quote(meter) + "[ {].*"))
        .filter(line -> line.contains(tag))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + meter + " with " + tag));
  }
}
