package dev.tiebreak.design;

/** A rule that scores each candidate as if it were alone and takes the best. */
interface RankingRule extends SelectionRule {

  /** The scores, of which the greatest are taken. */
  RowScorer.Maker scorers(DesignState state);

  @Override
  default long[] choose(DesignState state, int count) {
    return state.best(count, state.taken(), scorers(state)).pairs();
  }
}
