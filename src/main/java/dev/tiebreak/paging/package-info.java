/** Lists that are read a page at a time. */
@NullMarked
package dev.tiebreak.paging;

import org.jspecify.annotations.NullMarked;
