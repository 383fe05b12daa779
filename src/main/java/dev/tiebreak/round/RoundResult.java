package dev.tiebreak.round;

import dev.tiebreak.design.Certificate;
import dev.tiebreak.design.DesignProblem;
import dev.tiebreak.design.Selection;
import dev.tiebreak.preference.Fit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a round computed.
 *
 * @param problem that the selection solves
 * @param certificate null where nobody asked for it, or where there can be none
 * @param realisedGains by batch number, nats: what the verdicts on each batch that the fit newly
 *     covers added to log det H
 */
record RoundResult(
    Fit fit,
    DesignProblem problem,
    Selection selection,
    @Nullable Certificate certificate,
    Map<Long, Double> realisedGains) {

  /** The same with a certificate. */
  RoundResult with(@Nullable Certificate found) {
    return new RoundResult(fit, problem, selection, found, realisedGains);
  }
}
