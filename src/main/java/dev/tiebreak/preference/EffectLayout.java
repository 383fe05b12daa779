package dev.tiebreak.preference;

/**
 * Where the effects φ are: first those of prompts b, then the logarithms g of the annotators'
 * temperatures, then η = log ν. All are Gaussian a priori, with mean 0.
 *
 * @param prompts how many have an effect; 0 where τ is
 * @param annotators how many have an effect; 0 where ρ is
 * @param ties whether η is a parameter
 */
record EffectLayout(int prompts, int annotators, boolean ties) {

  /**
   * The prior standard deviation of η: with ν from e⁻² to e², two equal responses tie in 6 to 79 of
   * 100 verdicts, within one of it.
   */
  static final double TIE_DEVIATION = 2;

  static EffectLayout of(
      GroupedVerdicts verdicts, TieModel ties, double promptDeviation, double annotatorDeviation) {
    return new EffectLayout(
        promptDeviation > 0 ? verdicts.prompts().length : 0,
        annotatorDeviation > 0 ? verdicts.annotators().length : 0,
        ties == TieModel.DAVIDSON);
  }

  /** F. */
  int size() {
    return prompts + annotators + (ties ? 1 : 0);
  }

  /** The place of a prompt's effect; −1: none. */
  int prompt(int effect) {
    return prompts == 0 ? -1 : effect;
  }

  /** The place of an annotator's effect; −1: none. */
  int annotator(int effect) {
    return annotators == 0 || effect < 0 ? -1 : prompts + effect;
  }

  /** The place of η; −1: none. */
  int tie() {
    return ties ? size() - 1 : -1;
  }

  /** The prior precisions, F. */
  double[] precisions(double promptDeviation, double annotatorDeviation) {
    double[] precisions = new double[size()];
    for (int f = 0; f < precisions.length; f++) {
      double deviation =
          f < prompts
              ? promptDeviation
              : f < prompts + annotators ? annotatorDeviation : TIE_DEVIATION;
      precisions[f] = 1 / (deviation * deviation);
    }
    return precisions;
  }

  /** The effects of another layout of the same verdicts, 0 where that has none. */
  double[] moved(double[] effects, EffectLayout from) {
    double[] moved = new double[size()];
    System.arraycopy(effects, 0, moved, 0, Math.min(prompts, from.prompts));
    System.arraycopy(effects, from.prompts, moved, prompts, Math.min(annotators, from.annotators));
    if (ties && from.ties) {
      moved[tie()] = effects[from.tie()];
    }
    return moved;
  }
}
