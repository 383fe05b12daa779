package dev.tiebreak.round;

import dev.tiebreak.linalg.Backend;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the numbers of rounds are computed with.
 *
 * @param backend the native library, Java alone, or whichever there is
 * @param threads for one computation; unset: all processors
 */
@Validated
@ConfigurationProperties("tiebreak.linalg")
record LinearAlgebraProperties(
    @DefaultValue("AUTO") Backend backend, @Nullable @Min(1) @Max(1024) Integer threads) {

  /** The number of threads. */
  int threadsOrAll() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
