package dev.tiebreak.access;

import java.io.Serializable;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session keeps of a log-in.
 *
 * @param key the id of the key that was shown; null where the issuer told who it is
 * @param name who it is
 * @param source what told it
 * @param roles by name
 * @param projects granted; null: all
 * @param at when it was
 */
record LogIn(
    @Nullable String key,
    String name,
    String source,
    Set<String> roles,
    @Nullable Set<String> projects,
    Instant at)
    implements Serializable {

  private static final long serialVersionUID = 1;
}
