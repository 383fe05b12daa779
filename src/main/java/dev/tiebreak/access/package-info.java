/** Who gets in, with how much, and under which request id. */
@NullMarked
package dev.tiebreak.access;

import org.jspecify.annotations.NullMarked;
