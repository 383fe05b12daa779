package dev.tiebreak.round;

import dev.tiebreak.design.Arm;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.queue.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A batch with its comparisons. */
record BatchDetail(
    long number,
    Strategy strategy,
    int size,
    Instant selectedAt,
    long candidates,
    BatchView.Provenance provenance,
    JsonNode diagnostics,
    List<Comparison> comparisons) {

  /**
   * A selected comparison.
   *
   * @param left the response uploaded earlier
   * @param gain nats
   * @param p P(left is preferred) by the fit
   * @param selectionProbability of a comparison that was drawn; null where a rule chose it
   * @param state as of now
   */
  record Comparison(
      long comparison,
      String left,
      String right,
      Kind kind,
      Arm arm,
      double gain,
      double p,
      @Nullable Double selectionProbability,
      String state) {}

  static BatchDetail of(BatchView batch, List<Comparison> comparisons) {
    return new BatchDetail(
        batch.number(),
        batch.strategy(),
        batch.size(),
        batch.selectedAt(),
        batch.candidates(),
        batch.provenance(),
        batch.diagnostics(),
        comparisons);
  }
}
