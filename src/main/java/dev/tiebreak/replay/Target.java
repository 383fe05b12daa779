package dev.tiebreak.replay;

import org.jspecify.annotations.Nullable;

/**
 * The quality that labels are counted to.
 *
 * @param measure by its name in the results; null: 1 − Spearman where there are gold rewards, else
 *     log-loss
 * @param value of the measure; null: what RANDOM reaches with all labels
 * @param standardErrors by which RANDOM's value may be missed; of no effect on a given value
 */
record Target(@Nullable String measure, @Nullable Double value, double standardErrors) {}
