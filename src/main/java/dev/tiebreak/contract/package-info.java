/** The written contract, and a page to try it. */
@NullMarked
package dev.tiebreak.contract;

import org.jspecify.annotations.NullMarked;
