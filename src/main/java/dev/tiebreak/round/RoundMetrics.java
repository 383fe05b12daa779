package dev.tiebreak.round;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * The loop's meters; those by project are in {@link ProjectRoundMetrics}.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>tags</th><th>what</th></tr>
 * <tr><td>tiebreak.round.stage</td><td>timer</td><td>stage</td><td>duration of a round's stages</td></tr>
 * <tr><td>tiebreak.rounds</td><td>counter</td><td>outcome</td><td>rounds that this process ended: done,
 *     failed, or lost to another process</td></tr>
 * <tr><td>tiebreak.round.publications.refused</td><td>counter</td><td></td><td>results that were not
 *     published as another process had taken the round over</td></tr>
 * <tr><td>tiebreak.fit.not.converged</td><td>counter</td><td></td><td>fits that rounding ended before
 *     the tolerance was met; their weights are used nevertheless</td></tr>
 * </table>
 */
@Component
class RoundMetrics {

  private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
  private final Counter done;
  private final Counter failed;
  private final Counter lost;
  private final Counter refused;
  private final Counter notConverged;

  RoundMetrics(MeterRegistry registry) {
    for (Stage stage : Stage.values()) {
      stages.put(
          stage,
          Timer.builder("tiebreak.round.stage")
              .description("Duration of a round's stages")
              .tag("stage", stage.label())
              .register(registry));
    }
    done = outcome(registry, "done");
    failed = outcome(registry, "failed");
    lost = outcome(registry, "lost");
    refused =
        Counter.builder("tiebreak.round.publications.refused")
            .description("Results of rounds that another process had taken over")
            .register(registry);
    notConverged =
        Counter.builder("tiebreak.fit.not.converged")
            .description("Fits that rounding ended before the tolerance was met")
            .register(registry);
  }

  private static Counter outcome(MeterRegistry registry, String outcome) {
    return Counter.builder("tiebreak.rounds")
        .description("Rounds that this process ended")
        .tag("outcome", outcome)
        .register(registry);
  }

  <T> T time(Stage stage, Supplier<T> work) {
    return Objects.requireNonNull(stages.get(stage)).record(work);
  }

  void done() {
    done.increment();
  }

  void failed() {
    failed.increment();
  }

  void lost() {
    lost.increment();
  }

  void refused() {
    refused.increment();
  }

  void notConverged() {
    notConverged.increment();
  }
}
