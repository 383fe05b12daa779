/** Projects and their settings. */
@NullMarked
package dev.tiebreak.project;

import org.jspecify.annotations.NullMarked;
