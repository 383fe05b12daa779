package dev.tiebreak.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * The queue's meters.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>tags</th><th>what</th></tr>
 * <tr><td>tiebreak.queue.comparisons</td><td>gauge</td><td>state</td><td>comparisons of all projects, by state</td></tr>
 * <tr><td>tiebreak.queue.leases.live</td><td>gauge</td><td></td><td>leases that have not run out</td></tr>
 * <tr><td>tiebreak.queue.leases</td><td>counter</td><td></td><td>leases given</td></tr>
 * <tr><td>tiebreak.queue.leases.expired</td><td>counter</td><td></td><td>leases that ran out</td></tr>
 * <tr><td>tiebreak.verdicts</td><td>counter</td><td>outcome</td><td>verdicts received, imported ones included</td></tr>
 * </table>
 */
@Component
class QueueMetrics {

  private final Counter leased;
  private final Counter expired;
  private final Map<Outcome, Counter> verdicts = new EnumMap<>(Outcome.class);

  QueueMetrics(MeterRegistry registry, QueueDepth depth) {
    for (String state : QueueDepth.STATES) {
      Gauge.builder("tiebreak.queue.comparisons", () -> depth.comparisons(state))
          .description("Comparisons of all projects, by state")
          .tag("state", state)
          .register(registry);
    }
    Gauge.builder("tiebreak.queue.leases.live", depth::liveLeases)
        .description("Leases that have not run out")
        .register(registry);
    leased =
        Counter.builder("tiebreak.queue.leases").description("Leases given").register(registry);
    expired =
        Counter.builder("tiebreak.queue.leases.expired")
            .description("Leases that ran out")
            .register(registry);
    for (Outcome outcome : Outcome.values()) {
      verdicts.put(
          outcome,
          Counter.builder("tiebreak.verdicts")
              .description("Verdicts received")
              .tag("outcome", outcome.name())
              .register(registry));
    }
  }

  void leased(int count) {
    leased.increment(count);
  }

  void expired(int count) {
    expired.increment(count);
  }

  void verdicts(Outcome outcome, long count) {
    Objects.requireNonNull(verdicts.get(outcome)).increment(count);
  }
}
