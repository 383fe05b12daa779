package dev.tiebreak.replay;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How replays are run by this process, one at a time.
 *
 * @param enabled whether this process runs replays at all
 * @param threads cells that are run at once; unset: all processors. Fewer where memory is short
 * @param watchInterval how often it looks whether one is waiting
 * @param hold how long a replay is held without a sign of life; another process takes it up after
 *     it
 * @param giveWay the longest that a cell waits, before each step, while this process runs a round
 * @param attempts how often a replay is taken up whose process died with it; then it fails
 */
@Validated
@ConfigurationProperties("tiebreak.replay")
record ReplayProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable @Min(1) @Max(1024) Integer threads,
    @DefaultValue("1s") @DurationMin(millis = 10) Duration watchInterval,
    @DefaultValue("15s") @DurationMin(seconds = 5) Duration hold,
    @DefaultValue("1m") @DurationMin(millis = 0) Duration giveWay,
    @DefaultValue("5") @Min(1) @Max(1000) int attempts) {

  /** The number of threads. */
  int threadsOrAll() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
