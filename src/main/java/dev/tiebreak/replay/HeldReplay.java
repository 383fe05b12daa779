package dev.tiebreak.replay;

import org.jspecify.annotations.Nullable;

/**
 * A replay that this process holds.
 *
 * @param project its name
 * @param epoch the fence: nothing is stored under another
 * @param attempts how often it was taken up without having been let go of, this one included
 * @param snapshot the verdicts that it reads
 * @param fingerprint of the data that it began with; null where it has not begun
 */
record HeldReplay(
    long projectId,
    String project,
    long number,
    long epoch,
    int attempts,
    ReplaySettings settings,
    String snapshot,
    @Nullable Long fingerprint) {}
