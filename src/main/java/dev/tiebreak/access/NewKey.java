package dev.tiebreak.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for in a new key.
 *
 * @param name whoever uses it, 1 to 200 characters; the annotator
 * @param roles at least one
 * @param projects that it covers, at least one; null: all
 * @param expiresAt when it ends; null: never
 */
record NewKey(
    String name, Set<Role> roles, @Nullable Set<String> projects, @Nullable Instant expiresAt) {}
