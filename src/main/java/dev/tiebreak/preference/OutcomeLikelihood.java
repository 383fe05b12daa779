package dev.tiebreak.preference;

/**
 * The likelihood of verdicts on one pair at a logit t, by Davidson's model with the tie parameter ν
 * = e^η; ν = 0 is the Bradley–Terry model. With Z = e^(t/2) + e^(−t/2) + ν the probabilities are
 * P(a) = e^(t/2) / Z, P(b) = e^(−t/2) / Z, P(tie) = ν / Z.
 *
 * <p>In (t, η) this is an exponential family in its natural parameters, so that its curvature is
 * the Fisher information, whatever was observed. No overflow or cancellation at any finite t.
 *
 * @param logLikelihood nats
 * @param slope its derivative in t
 * @param tieSlope its derivative in η
 * @param information that of t: n v, v = ¼ [P(a) + P(b) − (P(a) − P(b))²]
 * @param coupling that of t and η: −n (P(a) − P(b)) P(tie) / 2
 * @param tieInformation that of η: n P(tie) (1 − P(tie))
 */
record OutcomeLikelihood(
    double logLikelihood,
    double slope,
    double tieSlope,
    double information,
    double coupling,
    double tieInformation) {

  /**
   * At a logit.
   *
   * @param a verdicts for a, a sum of targets
   * @param b verdicts for b
   * @param ties 0 where ν is
   * @param eta log ν; of no effect where ν is 0
   */
  static OutcomeLikelihood at(double t, double a, double b, double ties, double nu, double eta) {
    double n = a + b + ties;
    double e = Math.exp(-Math.abs(t) / 2);
    double sum = 1 + e * e + nu * e;
    double better = 1 / sum;
    double worse = e * e / sum;
    double tie = nu * e / sum;
    double sign = t >= 0 ? 1 : -1;
    double won = t >= 0 ? a : b;
    double lost = t >= 0 ? b : a;
    double logLikelihood =
        -(2 * lost + ties) * Math.abs(t) / 2
            + (ties == 0 ? 0 : ties * eta)
            - n * Math.log1p(e * e + nu * e);
    double slope =
        sign
            * ((won * worse - lost * better)
                + tie * (won - lost) / 2
                - ties * (better - worse) / 2);
    return new OutcomeLikelihood(
        logLikelihood,
        slope,
        ties - n * tie,
        n * Logistic.variance(t, nu),
        -sign * n * (better - worse) * tie / 2,
        n * tie * (1 - tie));
  }
}
