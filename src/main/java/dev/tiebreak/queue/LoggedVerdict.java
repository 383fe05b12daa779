package dev.tiebreak.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as the log shows it, by the sides as the annotator saw them.
 *
 * @param counted whether it counts now: a verdict that was replaced does not
 */
record LoggedVerdict(
    long verdict,
    long comparison,
    String left,
    String right,
    Preference preference,
    String annotator,
    Outcome outcome,
    boolean counted,
    @Nullable Long replaces,
    @Nullable Double confidence,
    @Nullable Long durationMs,
    @Nullable String comment,
    Instant recordedAt,
    @Nullable Instant judgedAt) {}
