/** What leaves: the model, rewards, training sets. */
@NullMarked
package dev.tiebreak.exchange;

import org.jspecify.annotations.NullMarked;
