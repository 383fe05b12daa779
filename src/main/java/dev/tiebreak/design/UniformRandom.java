package dev.tiebreak.design;

/** Uniform without replacement, going on where the random arm's draws ended. */
final class UniformRandom implements SelectionRule {

  @Override
  public long[] choose(DesignState state, int count) {
    return state.draws().next(count);
  }
}
