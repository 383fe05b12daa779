package dev.tiebreak.simulation;

import org.jspecify.annotations.Nullable;

/**
 * One response of a data set; its row is its place in the list.
 *
 * @param prompt what was asked, shown to annotators
 * @param text what was answered, shown to annotators
 */
record Response(
    String promptId, String responseId, @Nullable String prompt, @Nullable String text) {}
