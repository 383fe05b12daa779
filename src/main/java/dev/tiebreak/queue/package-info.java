/** Comparisons, leases and verdicts: the state machine that annotators work on. */
@NullMarked
package dev.tiebreak.queue;

import org.jspecify.annotations.NullMarked;
