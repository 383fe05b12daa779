package dev.tiebreak.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.RemoteProject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a round leaves in the queue, and what it takes from it. */
@IntegrationTest
class RoundQueueIT {

  private final Http http;

  RoundQueueIT(Http http) {
    this.http = http;
  }

  @Test
  void retiresWhatIsIdleAndSelectsItAgainUnderItsNumber() {
    RemoteProject project = project(Map.of("batchSize", 9));
    project.uploadRandom(3, 3, 1);
    Map<String, Long> first = numbers(project.select());
    JsonNode second = project.select();
    assertThat(second.path("candidates").asInt()).isEqualTo(9);
    assertThat(numbers(second)).isEqualTo(first);
    project.change(Map.of("batchSize", 2));
    JsonNode third = project.select();
    assertThat(first).containsAllEntriesOf(numbers(third));
    assertThat(states(project.batch(1))).containsEntry("OPEN", 2L).containsEntry("RETIRED", 7L);
    assertThat(project.next("ann", 9)).hasSize(2);
  }

  @Test
  void neverTouchesALeasedComparison() {
    RemoteProject project = project(Map.of("batchSize", 3));
    project.uploadRandom(3, 3, 2);
    project.refit();
    List<JsonNode> leased = project.next("ann", 2);
    JsonNode second = project.select();
    assertThat(second.path("candidates").asInt()).isEqualTo(7);
    assertThat(numbers(second).values())
        .doesNotContainAnyElementsOf(leased.stream().map(RoundQueueIT::number).toList());
    assertThat(states(project.batch(1))).containsEntry("LEASED", 2L);
    for (JsonNode item : leased) {
      assertThat(project.answer(item, "LEFT")).isEqualTo("COUNTED");
    }
    assertThat(project.select().path("candidates").asInt()).isEqualTo(7);
    assertThat(states(project.batch(1))).containsEntry("ANSWERED", 2L);
  }

  @Test
  void whatIsLeasedCountsAsPending() {
    RemoteProject project =
        project(Map.of("batchSize", 1, "dimension", 1, "prior", "ISOTROPIC", "priorPrecision", 1));
    project.upload(
        List.of(
            Map.of("promptId", "p", "responseId", "r0", "embedding", List.of(0)),
            Map.of("promptId", "p", "responseId", "r1", "embedding", List.of(2)),
            Map.of("promptId", "p", "responseId", "r2", "embedding", List.of(6))));
    // A = 1, x = 6, v = ¼
    assertThat(gain(project.select()))
        .isCloseTo(Math.log(1 + 9), org.assertj.core.api.Assertions.within(1e-12));
    JsonNode item = project.next("ann", 1).getFirst();
    JsonNode second = project.select();
    // A = 1 + 9 for the one that is leased, x = 4
    assertThat(gain(second))
        .isCloseTo(Math.log(1 + 4 / 10.0), org.assertj.core.api.Assertions.within(1e-12));
    assertThat(second.path("diagnostics").path("logDetBefore").asDouble())
        .isCloseTo(Math.log(10), org.assertj.core.api.Assertions.within(1e-12));
    project.answer(item, "TIE");
    JsonNode third = project.select();
    // a tie keeps w = 0, so the verdict counts in H as it did while it was pending
    assertThat(project.model().path("logDet").asDouble())
        .isCloseTo(Math.log(10), org.assertj.core.api.Assertions.within(1e-9));
    assertThat(gain(third)).isCloseTo(Math.log(1.4), org.assertj.core.api.Assertions.within(1e-9));
    assertThat(project.batch(1).path("diagnostics").path("realisedGain").asDouble())
        .isCloseTo(Math.log(10), org.assertj.core.api.Assertions.within(1e-9));
  }

  @Test
  void aHalfAnsweredComparisonStaysOpenAndIsNotSelectedAgain() {
    RemoteProject project = project(Map.of("batchSize", 2, "overlap", 2));
    project.uploadRandom(3, 3, 3);
    project.refit();
    JsonNode item = project.next("first", 1).getFirst();
    project.answer(item, "LEFT");
    JsonNode second = project.select();
    assertThat(second.path("candidates").asInt()).isEqualTo(8);
    assertThat(numbers(second).values()).doesNotContain(number(item));
    assertThat(
            project
                .batch(1)
                .path("comparisons")
                .valueStream()
                .filter(c -> number(c) == number(item))
                .map(c -> c.path("state").asString()))
        .containsExactly("OPEN");
    JsonNode again =
        project.next("second", 20).stream()
            .filter(other -> number(other) == number(item))
            .findFirst()
            .orElseThrow();
    project.answer(again, "RIGHT");
    JsonNode third = project.select();
    assertThat(project.model().path("verdicts").asInt()).isEqualTo(2);
    // answered to its overlap; the other two of "second" are leased
    assertThat(third.path("candidates").asInt()).isEqualTo(6);
    project.change(Map.of("overlap", 3));
    JsonNode fourth = project.select();
    assertThat(fourth.path("candidates").asInt()).isEqualTo(7);
  }

  @Test
  void skippedAndImportedPairsAreCandidatesAsTheContractSays() {
    RemoteProject project = project(Map.of("batchSize", 9));
    project.uploadRandom(3, 3, 4);
    project.refit();
    JsonNode item = project.next("ann", 1).getFirst();
    assertThat(project.answer(item, "SKIP")).isEqualTo("SKIPPED");
    assertThat(project.select().path("candidates").asInt()).as("skipped: still asked").isEqualTo(9);
    assertThat(project.next("ann", 20)).hasSize(8);
    project.judge(0, 1, "SKIP", "elsewhere");
    project.judge(0, 2, "LEFT", "elsewhere");
    project
        .next("ann", 20)
        .forEach(lease -> http.delete("/leases/" + lease.path("lease").asString()).expect(204));
    assertThat(project.select().path("candidates").asInt()).as("imported: answered").isEqualTo(8);
  }

  @Test
  void anExpiredLeaseIsIdleAgain() {
    RemoteProject project = project(Map.of("batchSize", 9, "leaseSeconds", 1));
    project.uploadRandom(3, 3, 5);
    project.refit();
    JsonNode late = project.next("ann", 1).getFirst();
    RemoteProject.pause(1300);
    JsonNode batch = project.select();
    assertThat(batch.path("candidates").asInt()).isEqualTo(9);
    assertThat(states(batch)).containsOnly(Map.entry("OPEN", 9L));
    assertThat(project.answer(late, "LEFT")).isEqualTo("LATE");
    project.refit();
    assertThat(project.model().path("verdicts").asInt()).isOne();
  }

  private RemoteProject project(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putIfAbsent("dimension", 3);
    return RemoteProject.create(http, "queue", all);
  }

  private static double gain(JsonNode batch) {
    return batch.path("comparisons").path(0).path("gain").asDouble();
  }

  private static long number(JsonNode item) {
    return item.path("comparison").asLong();
  }

  /** Comparison numbers by pair. */
  private static Map<String, Long> numbers(JsonNode batch) {
    Map<String, Long> numbers = new TreeMap<>();
    batch
        .path("comparisons")
        .forEach(c ->
            numbers.put(c.path("left").asString() + " " + c.path("right").asString(), number(c)));
    return numbers;
  }

  private static Map<String, Long> states(JsonNode batch) {
    Map<String, Long> states = new TreeMap<>();
    batch.path("comparisons").forEach(c -> states.merge(c.path("state").asString(), 1L, Long::sum));
    return states;
  }
}
