package dev.tiebreak.design;

/**
 * {@link IOptimal} with T the mean of v² x xᵀ: to first order tr(T A⁻¹) is the mean posterior
 * variance of a predicted probability, σ(r_a − r_b), of the in-prompt pairs of the stored
 * responses.
 *
 * <p>Source: Bickford Smith, Kirsch, Farquhar, Gal, Foster, Rainforth, Prediction-Oriented Bayesian
 * Active Learning, AISTATS 2023, in the Laplace posterior. Cost: {@link GreedyVariance}, and {@link
 * PredictionTarget#ofProbabilities} for T.
 */
final class Epig implements SelectionRule {

  @Override
  public long[] choose(DesignState state, int count) {
    return GreedyVariance.choose(state, PredictionTarget.ofProbabilities(state), count);
  }
}
