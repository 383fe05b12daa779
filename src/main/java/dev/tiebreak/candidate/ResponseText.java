package dev.tiebreak.candidate;

import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;

/**
 * A response as an annotator sees it.
 *
 * @param metadata a JSON object, as text
 */
public record ResponseText(
    String responseId,
    String promptId,
    @Nullable String prompt,
    @Nullable String response,
    @JsonRawValue @Nullable String metadata) {}
