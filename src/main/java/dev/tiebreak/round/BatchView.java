package dev.tiebreak.round;

import dev.tiebreak.design.Strategy;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A batch in a list.
 *
 * @param candidates pairs that it was selected from
 * @param provenance all that is needed to select it again
 * @param diagnostics of the batch, by the names of {@link dev.tiebreak.design.BatchDiagnostics};
 *     {@code certificate} (gain, bound and share of {@link dev.tiebreak.design.Certificate}; null
 *     where nobody asked for it), and {@code realisedGain} (nats) once a later fit has read
 *     verdicts on it
 */
record BatchView(
    long number,
    Strategy strategy,
    int size,
    Instant selectedAt,
    long candidates,
    Provenance provenance,
    JsonNode diagnostics) {

  /**
   * Where a batch comes from.
   *
   * @param fit the round whose fit it was selected with
   * @param embeddingsVersion of the embeddings that were fitted
   * @param snapshot the transactions whose verdicts were fitted
   * @param seed of the round's random numbers
   * @param build of the service
   * @param settings of the project at the time
   */
  record Provenance(
      long fit,
      long embeddingsVersion,
      String snapshot,
      long seed,
      String build,
      JsonNode settings) {}
}
