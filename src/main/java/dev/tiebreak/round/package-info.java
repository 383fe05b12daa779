/** The loop: watch, fit, select, publish. */
@NullMarked
package dev.tiebreak.round;

import org.jspecify.annotations.NullMarked;
