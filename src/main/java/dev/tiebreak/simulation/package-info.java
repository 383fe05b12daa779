/**
 * Labeling tools, annotators and a trainer, played against a running service over HTTP alone: the
 * {@code simulate} command. Nothing here uses another package of the service, so what it shows
 * holds for any client.
 */
@NullMarked
package dev.tiebreak.simulation;

import org.jspecify.annotations.NullMarked;
