/** Whether the service lives, and whether it is ready. */
@NullMarked
package dev.tiebreak.probe;

import org.jspecify.annotations.NullMarked;
