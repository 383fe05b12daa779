/** A write that is sent again under the same key has one effect and one answer. */
@NullMarked
package dev.tiebreak.idempotency;

import org.jspecify.annotations.NullMarked;
