package dev.tiebreak.insight;

import org.jspecify.annotations.Nullable;

/**
 * What a model expects of itself: how often it will foresee an annotator's verdict on pairs as the
 * pairing allows them, now and after the next verdicts. {@link Forecaster} tells how.
 *
 * @param pairs that stand for all of them
 * @param verdicts the next ones: {@value Forecaster#HORIZON}, or fewer where no more can be asked
 * @param accuracy now, and how far the posterior is from certain of it
 * @param logLoss likewise, nats
 * @param ceiling the accuracy that a model of this kind would have if its weights were known
 * @param variance mean posterior variance of reward differences, logits²
 * @param varianceAfter the same after the next verdicts
 * @param accuracyGain expected of the next verdicts; the interval is of the expectation, which
 *     finitely many pairs and draws stand for
 * @param logLossGain likewise, by how much log-loss falls, nats
 * @param realisedLower the gain in accuracy that the next verdicts will exceed with probability
 *     0.975, if the model is right; null where there are no next verdicts
 * @param realisedUpper and with 0.025
 */
record Forecast(
    int pairs,
    int verdicts,
    Interval accuracy,
    Interval logLoss,
    double ceiling,
    double variance,
    double varianceAfter,
    Interval accuracyGain,
    Interval logLossGain,
    @Nullable Double realisedLower,
    @Nullable Double realisedUpper) {}
