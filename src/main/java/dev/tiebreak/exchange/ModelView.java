package dev.tiebreak.exchange;

import dev.tiebreak.preference.Prior;
import dev.tiebreak.round.FitEffects;
import dev.tiebreak.round.FitSummary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The newest fit, as JSON has it. */
record ModelView(
    long round,
    double[] weights,
    int dimension,
    long verdicts,
    Prior prior,
    double priorPrecision,
    @Nullable Double priorExponent,
    int components,
    double logEvidence,
    double logLikelihood,
    double logDet,
    FitEffects.@Nullable PromptEffect promptEffect,
    FitEffects.@Nullable AnnotatorReliability annotatorReliability,
    FitEffects.@Nullable TieParameter tieParameter,
    Instant fittedAt) {

  static ModelView of(FitSummary fit) {
    return new ModelView(
        fit.round(),
        fit.weights(),
        fit.weights().length,
        fit.verdicts(),
        fit.priorKind(),
        fit.priorPrecision(),
        fit.priorExponent(),
        fit.components(),
        fit.logEvidence(),
        fit.logLikelihood(),
        fit.logDet(),
        fit.effects().promptEffect(),
        fit.effects().annotatorReliability(),
        fit.effects().tieParameter(),
        fit.fittedAt());
  }
}
