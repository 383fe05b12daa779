package dev.tiebreak.idempotency;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long answers to writes with an {@code Idempotency-Key} are kept.
 *
 * @param retention of those in no project; those in a project are kept as long as it is
 */
@Validated
@ConfigurationProperties("tiebreak.idempotency")
record IdempotencyProperties(
    @DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 365) @NotNull
        Duration retention) {}
