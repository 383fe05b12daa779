package dev.tiebreak.preference;

import dev.tiebreak.preference.MixedInformation.Eliminated;
import org.jspecify.annotations.Nullable;

/**
 * The mode of coefficients and effects.
 *
 * @param mode of u, with its marginal information
 * @param effects φ, F
 * @param eliminated at the mode; null where there are no effects
 */
record MixedMode(
    Mode mode, EffectLayout layout, double[] effects, @Nullable Eliminated eliminated) {}
