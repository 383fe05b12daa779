package dev.tiebreak.design;

/** The smallest |r_a − r_b|: the pairs whose verdict is least certain. */
final class MaxEntropy implements RankingRule {

  @Override
  public RowScorer.Maker scorers(DesignState state) {
    return () -> new RewardDistances(state.rewards(), -1);
  }
}
