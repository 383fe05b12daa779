package dev.tiebreak.access;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An administrative act on record.
 *
 * @param number in the order of entry
 * @param principal who did it; null without authentication, and on the command line
 * @param requestId the request's; null on the command line
 */
record AuditEntry(
    @JsonIgnore long number,
    Instant at,
    @Nullable String principal,
    String action,
    @Nullable String project,
    @Nullable String requestId,
    JsonNode detail) {}
