/** Choosing comparisons: candidate sets, the strategies, a batch's diagnostics. Pure. */
@NullMarked
package dev.tiebreak.design;

import org.jspecify.annotations.NullMarked;
