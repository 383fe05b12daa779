/** The Bradley–Terry last layer: fit, Laplace posterior, Fisher information. Pure. */
@NullMarked
package dev.tiebreak.preference;

import org.jspecify.annotations.NullMarked;
