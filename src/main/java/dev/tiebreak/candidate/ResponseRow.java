package dev.tiebreak.candidate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A stored response as answers show it. */
record ResponseRow(
    String responseId,
    String promptId,
    @Nullable String prompt,
    @Nullable String response,
    @JsonRawValue @Nullable String metadata,
    @JsonInclude(JsonInclude.Include.NON_NULL) float @Nullable [] embedding,
    Instant createdAt,
    Instant updatedAt) {

  /** As it is stored. */
  ResponseRow(
      String responseId,
      String promptId,
      @Nullable String prompt,
      @Nullable String response,
      @Nullable String metadata,
      byte @Nullable [] embedding,
      Instant createdAt,
      Instant updatedAt) {
    this(
        responseId,
        promptId,
        prompt,
        response,
        metadata,
        embedding == null ? null : Float32.read(embedding),
        createdAt,
        updatedAt);
  }
}
