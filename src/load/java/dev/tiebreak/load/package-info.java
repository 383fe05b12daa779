/**
 * A load run against the service as it was built: a busy labeling floor, then ten times as much.
 * Calls begin when they are due, whatever became of those before (an open loop), and a latency
 * counts from then.
 */
@NullMarked
package dev.tiebreak.load;

import org.jspecify.annotations.NullMarked;
