package dev.tiebreak.round;

import dev.tiebreak.preference.ComparisonModel;
import dev.tiebreak.preference.Effects;
import dev.tiebreak.preference.TieModel;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a stored fit found of prompts, annotators and ties; each null where its model had nothing of
 * it.
 */
public record FitEffects(
    @Nullable PromptEffect promptEffect,
    @Nullable AnnotatorReliability annotatorReliability,
    @Nullable TieParameter tieParameter) {

  /** A fit under the plain model. */
  public static final FitEffects NONE = new FitEffects(null, null, null);

  /**
   * The effects of prompts.
   *
   * @param standardDeviation τ, given or chosen, logits
   * @param prompts that have an effect: of each some response was compared with another prompt's
   */
  public record PromptEffect(double standardDeviation, int prompts) {}

  /**
   * The temperatures of annotators.
   *
   * @param standardDeviation ρ of their logarithms, given or chosen
   * @param annotators none where ρ is 0 or there is but one
   */
  public record AnnotatorReliability(double standardDeviation, List<Temperature> annotators) {}

  /**
   * By how much an annotator's logits are those of the rewards.
   *
   * @param temperature s, about 1 for most; near 0 for one who answers at random
   */
  public record Temperature(String annotator, double temperature, double standardError) {}

  /** ν of Davidson's model: equal responses tie with probability ν / (2 + ν). */
  public record TieParameter(double value, double standardError) {}

  /**
   * Those of a fit.
   *
   * @param asked the model as the settings have it
   * @param annotators by the numbers that the fit knew them by
   */
  static FitEffects of(@Nullable Effects effects, ComparisonModel asked, List<String> annotators) {
    if (effects == null) {
      return NONE;
    }
    return new FitEffects(
        off(asked.promptDeviation())
            ? null
            : new PromptEffect(effects.promptDeviation(), effects.prompts().length),
        off(asked.annotatorDeviation())
            ? null
            : new AnnotatorReliability(
                effects.annotatorDeviation(), temperatures(effects, annotators)),
        asked.ties() == TieModel.HALF
            ? null
            : new TieParameter(effects.tieParameter(), effects.tieParameterError()));
  }

  private static List<Temperature> temperatures(Effects effects, List<String> annotators) {
    return IntStream.range(0, effects.annotators().length)
        .mapToObj(j ->
            new Temperature(
                annotators.get(effects.annotators()[j]),
                effects.temperatures()[j],
                effects.temperatureErrors()[j]))
        .toList();
  }

  private static boolean off(@Nullable Double deviation) {
    return deviation != null && deviation == 0;
  }

  /** The model with what was given or chosen. */
  ComparisonModel model() {
    return new ComparisonModel(
        tieParameter == null ? TieModel.HALF : TieModel.DAVIDSON,
        promptEffect == null ? 0 : promptEffect.standardDeviation,
        annotatorReliability == null ? 0 : annotatorReliability.standardDeviation);
  }

  /** Whether a model leaves them as they are. */
  boolean agreeWith(ComparisonModel asked) {
    return asked.ties() == model().ties()
        && agrees(asked.promptDeviation(), promptEffect != null, model().promptDeviation())
        && agrees(
            asked.annotatorDeviation(), annotatorReliability != null, model().annotatorDeviation());
  }

  private static boolean agrees(@Nullable Double asked, boolean fitted, @Nullable Double found) {
    return asked == null ? fitted : asked.equals(found);
  }
}
