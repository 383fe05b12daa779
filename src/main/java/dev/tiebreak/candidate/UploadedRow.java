package dev.tiebreak.candidate;

import org.jspecify.annotations.Nullable;

/**
 * A response as a codec read it; not yet checked.
 *
 * @param metadata a JSON object as text, which the codec has checked
 * @param embedding the numbers sent, up to the project's dimension
 * @param numbers how many were sent; null: no embedding
 */
record UploadedRow(
    @Nullable String responseId,
    @Nullable String promptId,
    @Nullable String prompt,
    @Nullable String response,
    @Nullable String metadata,
    float[] embedding,
    @Nullable Integer numbers) {}
