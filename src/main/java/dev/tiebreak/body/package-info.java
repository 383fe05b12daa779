/** Reading request bodies: as they stream in, the fields of JSON objects, and rows. */
@NullMarked
package dev.tiebreak.body;

import org.jspecify.annotations.NullMarked;
