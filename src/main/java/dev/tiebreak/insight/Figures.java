package dev.tiebreak.insight;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a project, before anybody says what accuracy is worth.
 *
 * @param random the random arm's scores, in the order of fits
 * @param design the design arm's
 * @param labels of the newest fit
 */
record Figures(
    Instant asOf,
    ProgressView.Counts counts,
    List<FitScore> random,
    List<FitScore> design,
    List<ProgressView.Round> rounds,
    Agreement agreement,
    ProgressView.PositionBias positionBias,
    ProgressView.Annotators annotators,
    @Nullable Forecast forecast,
    Calibration calibration,
    long labels) {}
