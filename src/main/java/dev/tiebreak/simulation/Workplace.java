package dev.tiebreak.simulation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the annotators of a run share.
 *
 * @param project where they work
 * @param answers what they say
 * @param supply notices when nobody gets anything
 * @param journal takes acknowledged verdicts; null: nobody asked for one
 * @param annotators how many they are
 * @param think how long one takes for a verdict
 * @param patience how long nothing may count before they give up
 */
record Workplace(
    String project,
    DataSet data,
    Answers answers,
    Supply supply,
    Tally tally,
    Progress progress,
    @Nullable Journal journal,
    int annotators,
    Duration think,
    Duration patience) {}
