/** The service. */
@NullMarked
package dev.tiebreak;

import org.jspecify.annotations.NullMarked;
