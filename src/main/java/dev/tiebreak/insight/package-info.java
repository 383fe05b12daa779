/**
 * How a project is doing: what has been answered, how well the model foresees it, how far the
 * annotators agree, and whether it pays to go on.
 */
@NullMarked
package dev.tiebreak.insight;

import org.jspecify.annotations.NullMarked;
