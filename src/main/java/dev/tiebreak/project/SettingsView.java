package dev.tiebreak.project;

import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.preference.Prior;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A project's settings by the names and with the values that PUT takes. */
public record SettingsView(
    int dimension,
    Pairing pairing,
    Strategy strategy,
    int batchSize,
    int refitAfter,
    int lowWater,
    int overlap,
    int leaseSeconds,
    int maxLeasesPerAnnotator,
    Prior prior,
    Object priorPrecision,
    @Nullable Object priorExponent,
    double randomShare,
    @Nullable Long candidateLimit,
    long seed,
    int priority,
    @Nullable String instructions,
    @Nullable BigDecimal verdictCost,
    @Nullable Long verdictBudget) {

  private static final String AUTO = "AUTO";

  public static SettingsView of(ProjectSettings settings) {
    return new SettingsView(
        settings.dimension(),
        settings.pairing(),
        settings.strategy(),
        settings.batchSize(),
        settings.refitAfter(),
        settings.lowWater(),
        settings.overlap(),
        settings.leaseSeconds(),
        settings.maxLeasesPerAnnotator(),
        settings.prior(),
        numberOrAuto(settings.priorPrecision()),
        settings.prior().isSpectral() ? numberOrAuto(settings.priorExponent()) : null,
        settings.randomShare(),
        settings.candidateLimit(),
        settings.seed(),
        settings.priority(),
        settings.instructions(),
        settings.verdictCost(),
        settings.verdictBudget());
  }

  private static Object numberOrAuto(@Nullable Double number) {
    return number == null ? AUTO : number;
  }
}
