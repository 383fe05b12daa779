package dev.tiebreak.round;

import dev.tiebreak.preference.Prior;
import dev.tiebreak.preference.PriorSpecification;
import dev.tiebreak.project.ProjectSettings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored fit.
 *
 * @param round the round that made it
 * @param weights w, d numbers
 * @param logLikelihood nats, without the prior
 * @param logDet of H in the space of the fit
 */
public record FitSummary(
    long round,
    double[] weights,
    long verdicts,
    Prior priorKind,
    double priorPrecision,
    @Nullable Double priorExponent,
    int components,
    double logEvidence,
    double logLikelihood,
    double logDet,
    FitEffects effects,
    Instant fittedAt) {

  /** The prior with the parameters that were given or chosen. */
  PriorSpecification prior() {
    return new PriorSpecification(priorKind, priorPrecision, priorExponent);
  }

  /** Whether these settings leave the fit as it is. */
  boolean agreesWith(ProjectSettings settings) {
    return settings.prior() == priorKind
        && effects.agreeWith(settings.comparisonModel())
        && (settings.priorPrecision() == null || settings.priorPrecision() == priorPrecision)
        && (settings.priorExponent() == null || settings.priorExponent().equals(priorExponent));
  }
}
