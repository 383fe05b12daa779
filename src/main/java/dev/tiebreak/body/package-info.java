/** Reading request bodies: the fields of JSON objects, and rows as they stream in. */
@NullMarked
package dev.tiebreak.body;

import org.jspecify.annotations.NullMarked;
