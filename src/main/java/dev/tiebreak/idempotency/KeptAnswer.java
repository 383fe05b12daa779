package dev.tiebreak.idempotency;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a write was answered with.
 *
 * @param digest of the request
 * @param headers those that belong to the answer and not to its way
 * @param body null: not kept, as the answer was not to be stored
 */
record KeptAnswer(byte[] digest, int status, Map<String, String> headers, byte @Nullable [] body) {}
