package dev.tiebreak.project;

import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.preference.Prior;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A project as answers show it: its settings by the names that PUT takes, and its counts. */
record ProjectView(
    String project,
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
    @Nullable Long verdictBudget,
    Map<String, Long> counts,
    Instant createdAt,
    Instant updatedAt) {

  private static final String AUTO = "AUTO";

  static ProjectView of(Project project, Map<String, Long> counts) {
    ProjectSettings settings = project.settings();
    return new ProjectView(
        project.slug(),
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
        settings.prior() == Prior.ISOTROPIC ? null : numberOrAuto(settings.priorExponent()),
        settings.randomShare(),
        settings.candidateLimit(),
        settings.seed(),
        settings.priority(),
        settings.instructions(),
        settings.verdictCost(),
        settings.verdictBudget(),
        counts,
        project.createdAt(),
        project.updatedAt());
  }

  private static Object numberOrAuto(@Nullable Double number) {
    return number == null ? AUTO : number;
  }
}
