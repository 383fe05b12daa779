package dev.tiebreak.replay;

import dev.tiebreak.design.Strategy;
import dev.tiebreak.preference.Prior;
import org.jspecify.annotations.Nullable;

/**
 * One way to choose, which is repeated with several seeds.
 *
 * @param candidateLimit null: all candidates
 * @param dimension null: the embeddings as they are
 */
record Variant(
    Strategy strategy,
    Prior prior,
    int batchSize,
    @Nullable Integer candidateLimit,
    @Nullable Integer dimension) {

  /** The same way but for the strategy. */
  Variant with(Strategy other) {
    return new Variant(other, prior, batchSize, candidateLimit, dimension);
  }
}
