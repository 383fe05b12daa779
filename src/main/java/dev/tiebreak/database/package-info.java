/**
 * The service's PostgreSQL: the embedded server or the one that was named, and the pools of
 * connections to it.
 */
@NullMarked
package dev.tiebreak.database;

import org.jspecify.annotations.NullMarked;
