package dev.tiebreak.replay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Meters of replays.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>tags</th><th>what</th></tr>
 * <tr><td>tiebreak.replay.cell</td><td>timer</td><td></td><td>duration of a replay's cells</td></tr>
 * <tr><td>tiebreak.replays</td><td>counter</td><td>outcome</td><td>replays that this process ended:
 *     done or failed</td></tr>
 * </table>
 */
@Component
class ReplayMetrics {

  private final Timer cells;
  private final Counter done;
  private final Counter failed;

  ReplayMetrics(MeterRegistry registry) {
    cells =
        Timer.builder("tiebreak.replay.cell")
            .description("Duration of a replay's cells")
            .register(registry);
    done = outcome(registry, "done");
    failed = outcome(registry, "failed");
  }

  private static Counter outcome(MeterRegistry registry, String outcome) {
    return Counter.builder("tiebreak.replays")
        .description("Replays that this process ended")
        .tag("outcome", outcome)
        .register(registry);
  }

  void cell(long wallMillis) {
    cells.record(wallMillis, TimeUnit.MILLISECONDS);
  }

  void done() {
    done.increment();
  }

  void failed() {
    failed.increment();
  }
}
