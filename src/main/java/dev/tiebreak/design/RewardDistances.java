package dev.tiebreak.design;

/** Scores sign · |r_a − r_b|, logits. */
record RewardDistances(double[] rewards, int sign) implements RowScorer {

  @Override
  public void score(int a, int[] partners, int count, double floor, double[] scores) {
    for (int i = 0; i < count; i++) {
      scores[i] = sign * Math.abs(rewards[a] - rewards[partners[i]]);
    }
  }
}
