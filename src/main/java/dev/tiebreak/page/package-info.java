/** The pages for people: annotating, and watching a project learn. */
@NullMarked
package dev.tiebreak.page;

import org.jspecify.annotations.NullMarked;
