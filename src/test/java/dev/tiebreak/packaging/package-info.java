/** Tests of what the service is shipped in: image, compose file, chart. */
@NullMarked
package dev.tiebreak.packaging;

import org.jspecify.annotations.NullMarked;
