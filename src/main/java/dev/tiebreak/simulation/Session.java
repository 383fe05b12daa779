package dev.tiebreak.simulation;

import org.jspecify.annotations.Nullable;

/**
 * What the runs of one command share.
 *
 * @param journal null: not asked for
 * @param csv null: not asked for
 */
record Session(
    Options options,
    DataSet data,
    Crew crew,
    ServiceClient client,
    Progress progress,
    @Nullable Journal journal,
    @Nullable CurveFile csv) {}
