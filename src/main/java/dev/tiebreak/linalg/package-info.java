/** Dense kernels. Nothing here knows what a response or a verdict is. */
@NullMarked
package dev.tiebreak.linalg;

import org.jspecify.annotations.NullMarked;
