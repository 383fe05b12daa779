package dev.tiebreak.insight;

import org.jspecify.annotations.Nullable;

/**
 * How well verdicts were foreseen, as sums.
 *
 * <p>Each counted verdict under a lease is scored once, prequentially (Dawid, Statistical theory:
 * the prequential approach, JRSS A 147, 1984): by a forecast that was made before it. The forecast
 * is p = P(the response uploaded earlier is preferred) as the comparison's newest batch stored it
 * before the annotator was given the comparison. The newest fit at the moment of the verdict would
 * be a fresher forecast of a few verdicts (those given while a round ran), but it may have been
 * fitted to another annotator's verdict on the very pair, it would change with embeddings that are
 * uploaded again, and nobody saw it; the stored p was published with the batch, belongs to its arm,
 * and is of a pair as the batch chose it. No fit can have seen the verdict, as the fit's snapshot
 * was taken before the batch was published. Imported verdicts belong to no batch and have no
 * forecast.
 *
 * <p>With y = 1, ½, 0 (earlier preferred, tie or both bad, the other): log-loss is −[y log p + (1 −
 * y) log(1 − p)], nats, p kept within 1e-12 of 0 and 1; accuracy counts 1 where p and y are on one
 * side of ½, and ½ where either is at ½.
 *
 * @param verdicts n
 * @param halves of these, how many count ½
 * @param correct Σ of what they count
 * @param logLoss Σ, nats
 * @param logLossSquared Σ of squares
 */
record Score(long verdicts, long halves, double correct, double logLoss, double logLossSquared) {

  static final Score NONE = new Score(0, 0, 0, 0, 0);

  private static final int FEWEST = 5;

  /** Of both. */
  Score plus(Score other) {
    return new Score(
        verdicts + other.verdicts,
        halves + other.halves,
        correct + other.correct,
        logLoss + other.logLoss,
        logLossSquared + other.logLossSquared);
  }

  /** The share that was foreseen, with Wilson's interval; null of none. */
  @Nullable Interval accuracy() {
    return Proportion.wilson(Math.clamp(correct, 0, verdicts), verdicts);
  }

  /** Σ of the squares of what verdicts count. */
  double correctSquared() {
    return correct - halves * 0.25;
  }

  /**
   * The mean log-loss with a t interval, mean ± t s/√n; without one of fewer than five, null of
   * none.
   */
  @Nullable Interval meanLogLoss() {
    if (verdicts == 0) {
      return null;
    }
    double mean = logLoss / verdicts;
    if (verdicts < FEWEST) {
      return new Interval(mean, null, null);
    }
    double variance = Math.max(0, (logLossSquared - mean * logLoss) / (verdicts - 1));
    return Interval.around(
        mean, StudentT.critical(verdicts - 1.0) * Math.sqrt(variance / verdicts));
  }
}
