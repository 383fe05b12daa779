package dev.tiebreak.round;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How rounds are run by this process.
 *
 * @param enabled whether this process runs rounds at all
 * @param warmUp whether it computes on made-up numbers for some seconds once it is ready, so that
 *     its first round is fast
 * @param watchInterval how often it looks whether one is due
 * @param concurrency rounds of different projects that run at the same time
 * @param hold how long a project is held without a sign of life; another process takes over after
 *     it
 * @param retryAfter how long a project whose round failed is left alone, unless a round is asked
 *     for; twice as long after each further failure, up to an hour
 * @param certificateTime how long a certificate's bound is tightened; the step under way is ended
 * @param metricsInterval between readings of what {@link ProjectRoundMetrics} shows
 */
@Validated
@ConfigurationProperties("tiebreak.round")
record RoundProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("true") boolean warmUp,
    @DefaultValue("500ms") @DurationMin(millis = 10) Duration watchInterval,
    @DefaultValue("1") @Min(1) @Max(64) int concurrency,
    @DefaultValue("8s") @DurationMin(seconds = 5) Duration hold,
    @DefaultValue("30s") @DurationMin(millis = 10) Duration retryAfter,
    @DefaultValue("10s") @DurationMin(millis = 1) Duration certificateTime,
    @DefaultValue("5s") @DurationMin(millis = 10) Duration metricsInterval) {}
