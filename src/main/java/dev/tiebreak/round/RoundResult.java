package dev.tiebreak.round;

import dev.tiebreak.design.Selection;
import dev.tiebreak.preference.Fit;
import java.util.Map;

/**
 * What a round computed.
 *
 * @param seed of the selection's random numbers
 * @param realisedGains by batch number, nats: what the verdicts on each batch that the fit newly
 *     covers added to log det H
 */
record RoundResult(Fit fit, Selection selection, long seed, Map<Long, Double> realisedGains) {}
