package dev.tiebreak.candidate;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Uploads of embeddings, and their copy in memory.
 *
 * @param mergeTimeout the longest that storing an upload may take once all of it has arrived
 * @param stagingLifetime after which the rows of an upload that was never finished are removed; no
 *     upload may take longer
 * @param residentMemory the most memory for embeddings that rounds work on; unset: a quarter of the
 *     heap
 */
@Validated
@ConfigurationProperties("tiebreak.candidate")
record CandidateProperties(
    @DefaultValue("30m") @DurationMin(seconds = 1) @DurationMax(hours = 24) @NotNull
        Duration mergeTimeout,
    @DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 365) @NotNull
        Duration stagingLifetime,
    @Nullable DataSize residentMemory) {

  CandidateProperties {
    if (residentMemory != null && residentMemory.toBytes() <= 0) {
      throw new IllegalArgumentException("tiebreak.candidate.resident-memory <= 0");
    }
  }

  /** The bound of the embeddings in memory. */
  long residentBytes() {
    return residentMemory == null ? Runtime.getRuntime().maxMemory() / 4 : residentMemory.toBytes();
  }
}
