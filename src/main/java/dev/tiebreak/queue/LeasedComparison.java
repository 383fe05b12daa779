package dev.tiebreak.queue;

import java.time.Instant;

/** A comparison under a live lease. */
record LeasedComparison(
    long lease,
    byte[] token,
    long comparisonId,
    long leftResponse,
    long rightResponse,
    Instant leasedAt,
    Instant expiresAt) {}
