package dev.tiebreak.design;

/** How a strategy chooses the design part of a batch. Stateless. */
interface SelectionRule {

  /**
   * Chooses {@code count} candidates outside the random arm, packed, in the order of the picks.
   *
   * @param count at most the number of candidates outside the random arm
   */
  long[] choose(DesignState state, int count);
}
