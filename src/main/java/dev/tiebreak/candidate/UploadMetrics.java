package dev.tiebreak.candidate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * The meters of uploads.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>tags</th><th>what</th></tr>
 * <tr><td>tiebreak.candidate.uploads</td><td>timer</td><td>outcome (stored, refused, failed)</td>
 *     <td>uploads, and how long they took</td></tr>
 * <tr><td>tiebreak.candidate.rows</td><td>counter</td><td>change (created, updated, unchanged)</td>
 *     <td>rows of the uploads that were stored</td></tr>
 * </table>
 */
@Component
class UploadMetrics {

  /** How an upload ended. */
  enum Outcome {
    STORED,
    REFUSED,
    FAILED;

    private String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Outcome, Timer> uploads = new EnumMap<>(Outcome.class);
  private final Counter created;
  private final Counter updated;
  private final Counter unchanged;

  UploadMetrics(MeterRegistry registry) {
    for (Outcome outcome : Outcome.values()) {
      uploads.put(
          outcome,
          Timer.builder("tiebreak.candidate.uploads")
              .description("Uploads of embeddings")
              .tag("outcome", outcome.tag())
              .register(registry));
    }
    created = rows("created", registry);
    updated = rows("updated", registry);
    unchanged = rows("unchanged", registry);
  }

  private static Counter rows(String change, MeterRegistry registry) {
    return Counter.builder("tiebreak.candidate.rows")
        .description("Rows of uploads that were stored")
        .tag("change", change)
        .register(registry);
  }

  void ended(Outcome outcome, long nanos) {
    Objects.requireNonNull(uploads.get(outcome)).record(nanos, TimeUnit.NANOSECONDS);
  }

  void stored(UploadResult result) {
    created.increment(result.created());
    updated.increment(result.updated());
    unchanged.increment(result.unchanged());
  }
}
