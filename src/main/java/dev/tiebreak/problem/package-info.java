/** What a refused request is told (RFC 9457). */
@NullMarked
package dev.tiebreak.problem;

import org.jspecify.annotations.NullMarked;
