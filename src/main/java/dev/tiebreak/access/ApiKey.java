package dev.tiebreak.access;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is stored and shown, without its secret.
 *
 * @param number in the order of creation
 * @param key its id
 * @param name whoever uses it; the annotator
 * @param projects that it covers; null: all
 * @param createdBy who created it; null: by command line
 * @param lastUsedAt to the minute
 */
record ApiKey(
    @JsonIgnore long number,
    String key,
    String name,
    Set<Role> roles,
    @Nullable Set<String> projects,
    Instant createdAt,
    @Nullable String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {

  KnownPrincipal principal() {
    return new KnownPrincipal(name, "key " + key, roles, projects);
  }
}
