/** Prompts, responses and their embeddings: upload, storage, the matrix kept in memory. */
@NullMarked
package dev.tiebreak.candidate;

import org.jspecify.annotations.NullMarked;
