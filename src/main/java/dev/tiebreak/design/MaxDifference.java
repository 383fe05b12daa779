package dev.tiebreak.design;

/** The largest |r_a − r_b|: the pairs whose verdict is most certain. */
final class MaxDifference implements RankingRule {

  @Override
  public RowScorer.Maker scorers(DesignState state) {
    return () -> new RewardDistances(state.rewards(), 1);
  }
}
