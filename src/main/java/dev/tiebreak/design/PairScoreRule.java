package dev.tiebreak.design;

/** A prompt rule that takes the candidate with the greatest score, ties to the smaller index. */
interface PairScoreRule extends PromptRule {

  /**
   * The score of a pair, the same in either order.
   *
   * @param difference |Δ|, logits
   * @param deviation s, logits
   */
  double score(double difference, double deviation);

  @Override
  default long pick(PromptContest contest, RewardPosterior posterior) {
    long best = -1;
    double most = 0;
    for (int i : contest.rows()) {
      for (int j : contest.partners(i)) {
        long pair = PairSet.pack(i, j);
        double difference = Math.abs(posterior.difference(i, j));
        double score = score(difference, posterior.deviation(i, j));
        if (best < 0 || score > most || (score == most && pair < best)) {
          best = pair;
          most = score;
        }
      }
    }
    return best;
  }
}
