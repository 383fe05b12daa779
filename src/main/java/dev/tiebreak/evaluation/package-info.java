/** How well rewards predict: the measures that replays and simulations share. Pure. */
@NullMarked
package dev.tiebreak.evaluation;

import org.jspecify.annotations.NullMarked;
