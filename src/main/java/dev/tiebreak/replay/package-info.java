/**
 * Strategies replayed on a project's own data: would they have saved labels? The engine computes
 * alone; job keeping and HTTP stand beside it.
 */
@NullMarked
package dev.tiebreak.replay;

import org.jspecify.annotations.NullMarked;
