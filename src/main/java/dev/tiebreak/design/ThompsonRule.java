package dev.tiebreak.design;

/**
 * A prompt rule by draws of w from the posterior: i is the best under one draw among the prompt's
 * responses that have a candidate; j is the best, or the worst, under another among i and its
 * candidates, drawn again up to {@value #DRAWS} times until it is not i, and then one of i's
 * candidates uniformly. Ties go to the smaller row.
 */
abstract class ThompsonRule implements PromptRule {

  private static final int DRAWS = 30;

  private final int sign;

  /** {@code sign} is 1 where j is the best under its draw, −1 where it is the worst. */
  ThompsonRule(int sign) {
    this.sign = sign;
  }

  @Override
  public final long pick(PromptContest contest, RewardPosterior posterior) {
    int[] rows = contest.rows();
    int i = best(rows, rows[0], 1, posterior);
    int[] partners = contest.partners(i);
    for (int draw = 0; draw < DRAWS; draw++) {
      int j = best(partners, i, sign, posterior);
      if (j != i) {
        return PairSet.pack(i, j);
      }
    }
    return PairSet.pack(i, posterior.any(partners));
  }

  /** The row with the greatest sign · reward under a draw, of {@code rows} and {@code other}. */
  private static int best(int[] rows, int other, int sign, RewardPosterior posterior) {
    double[] draw = posterior.draw();
    int best = other;
    double most = sign * posterior.reward(draw, other);
    for (int row : rows) {
      double reward = sign * posterior.reward(draw, row);
      if (reward > most || (reward == most && row < best)) {
        best = row;
        most = reward;
      }
    }
    return best;
  }
}
