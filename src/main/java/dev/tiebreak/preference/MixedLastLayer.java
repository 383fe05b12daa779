package dev.tiebreak.preference;

import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The last layer with effects of prompts, of annotators and of ties beside the rewards. A verdict
 * of annotator j on responses a and b to prompts p and q has the logit
 *
 * <pre>{@code
 * t = s_j (uᵀx + b_p − b_q),  b ~ N(0, τ² I),  log s = g ~ N(0, ρ² I)
 * }</pre>
 *
 * <p>and the probabilities e^(t/2) / Z, e^(−t/2) / Z and ν / Z of a, b and a tie, log ν = η ~ N(0,
 * 2²); ν = 0 where ties count as half wins. Prompts cancel where p = q. The mode of (u, φ), φ = (b,
 * g, η), is found by Newton's method; what is published of u is its marginal information
 *
 * <pre>{@code
 * S = H_uu − H_uφ H_φφ⁻¹ H_φu
 * }</pre>
 *
 * <p>(Laplace, H the Fisher information plus the prior precisions Λ), so that the algebra grows by
 * F × F, F effects, never to (m + F)². The evidence is
 *
 * <pre>{@code
 * log p ≈ −L(u*, φ*) + ½ log det Λ − ½ (log det S + log det H_φφ)
 * }</pre>
 *
 * <p>AUTO: first (a, λ) without effects as {@link LastLayer} chooses them, then τ among nine values
 * from ¼ to 4 and ρ ∈ {0, ¼, ½, 1} by coordinates, a and λ with them ({@link MixedSearch}). τ has
 * the hyperprior ln τ ~ N(0, ½²), as a few dozen verdicts tell next to nothing of it and τ = 0
 * costs much where prompts differ: logits are absolute units, and τ = 1 is what it is without
 * verdicts. Below {@value #LEAST_VERDICTS} verdicts ρ = 0. Where nothing is left of the effects the
 * fit is that of {@link LastLayer}, to the last bit.
 *
 * <p>Prompts that were never compared with another, those beyond the {@link
 * GroupedVerdicts#MOST_PROMPTS} most compared and annotators beyond the {@link
 * GroupedVerdicts#MOST_ANNOTATORS} most active have the effect 0.
 *
 * <p>Sources: Davidson, JASA 65, 1970 (ties); Böckenholt, Hierarchical modeling of paired
 * comparison data, Psychological Methods 6, 2001 (random effects); Chen, Bennett, Collins-Thompson,
 * Horvitz, Pairwise ranking aggregation in a crowdsourced setting, WSDM 2013 (annotators).
 *
 * <p>Cost: that of {@link LastLayer}, then some 30 grid points of 2 to 5 Newton steps, each N m² /
 * 2 + F³ / 6 + m F² / 2 + m² F / 2 multiply-adds. Memory: F² + F m numbers.
 *
 * <p>Stateless; safe to share among threads.
 */
public final class MixedLastLayer {

  /** The values of τ among which AUTO chooses: ¼ to 4, each √2 times the one before. */
  public static final List<Double> PROMPT_DEVIATIONS =
      IntStream.rangeClosed(-4, 4).mapToObj(i -> Math.pow(2, i / 2.0)).toList();

  /** The values of ρ among which AUTO chooses. */
  public static final List<Double> ANNOTATOR_DEVIATIONS = List.of(0.0, 0.25, 0.5, 1.0);

  /** The number of verdicts from which ρ goes by the evidence. */
  private static final int LEAST_VERDICTS = 10;

  /** The standard deviation of ln τ a priori. */
  private static final double HYPERPRIOR_DEVIATION = 0.5;

  private final LinearAlgebra algebra;

  /** A fit by these kernels. */
  public MixedLastLayer(LinearAlgebra algebra) {
    this.algebra = algebra;
  }

  /**
   * Fits; as {@link LastLayer} where the model is plain.
   *
   * @param embeddings n × d, finite
   * @param spectrum of the stored responses, d
   * @param judgements N verdicts on rows of {@code embeddings}
   * @param groups whose they are, and on what
   * @param warmStart weights w of an earlier fit, d numbers, or null; saves time, changes nothing
   * @param earlier that fit, of embeddings of the same dimension, where it is at hand
   * @throws IllegalArgumentException as {@link LastLayer#fit}
   */
  public Fit fit(
      FloatMatrix embeddings,
      EmbeddingSpectrum spectrum,
      Judgements judgements,
      JudgementGroups groups,
      PriorSpecification prior,
      ComparisonModel model,
      double @Nullable [] warmStart,
      @Nullable Fit earlier) {
    LastLayer lastLayer = new LastLayer(algebra);
    Fit base =
        earlier == null
            ? lastLayer.fit(embeddings, spectrum, judgements, prior, warmStart)
            : lastLayer.refit(embeddings, spectrum, judgements, prior, earlier);
    if (model.isPlain()) {
      return base;
    }
    int size = judgements.size();
    double[] annotatorDeviations = annotatorDeviations(model.annotatorDeviation(), size);
    boolean apart = annotatorDeviations[annotatorDeviations.length - 1] > 0;
    GroupedVerdicts verdicts =
        GroupedVerdicts.of(judgements, groups, embeddings.rows(), model.ties(), apart);
    double[] promptDeviations =
        promptDeviations(model.promptDeviation(), verdicts.prompts().length > 0);
    if (verdicts.prompts().length == 0 && !apart && model.ties() == TieModel.HALF) {
      ComparisonModel found = new ComparisonModel(TieModel.HALF, promptDeviations[0], 0.0);
      return base.with(Effects.none(found, base.components()));
    }
    MixedSearch.Axes axes =
        new MixedSearch.Axes(
            HyperparameterGrid.of(prior, spectrum, size),
            promptDeviations,
            promptDeviations.length == 1
                ? new double[1]
                : Arrays.stream(promptDeviations).map(MixedLastLayer::logDensity).toArray(),
            annotatorDeviations);
    return effects(embeddings, spectrum, prior, model.ties(), axes, verdicts, base);
  }

  private Fit effects(
      FloatMatrix embeddings,
      EmbeddingSpectrum spectrum,
      PriorSpecification prior,
      TieModel ties,
      MixedSearch.Axes axes,
      GroupedVerdicts verdicts,
      Fit base) {
    FeatureMap widest = LastLayer.map(prior, spectrum, axes.priors().scales().getFirst(), algebra);
    Differences differences = Differences.of(embeddings, verdicts.pairs(), widest, algebra);
    MixedSearch.Position first = first(axes, base);
    MixedSearch.Candidate found =
        new MixedSearch(verdicts, ties, axes, differences, first, base.coefficients(), algebra)
            .greatest();
    MixedSearch.Position at = found.position();
    ComparisonModel chosen =
        new ComparisonModel(
            ties, axes.promptDeviations()[at.prompt()], axes.annotatorDeviations()[at.annotator()]);
    Effects effects = Effects.of(chosen, verdicts, found.mode(), algebra);
    if (found.mode().eliminated() == null) {
      return base.with(effects);
    }
    return Fit.of(
            prior.prior(),
            axes.priors().lambdas()[at.lambda()],
            prior.prior().isSpectral() ? axes.priors().exponents().get(at.exponent()) : null,
            LastLayer.map(prior, spectrum, axes.priors().scales().get(at.exponent()), algebra),
            found.mode().mode(),
            base.verdicts())
        .with(effects);
  }

  /** That of the base fit, with τ = 1 where it is open, and ρ = 0. */
  private static MixedSearch.Position first(MixedSearch.Axes axes, Fit base) {
    int lambda = 0;
    while (axes.priors().lambdas()[lambda] != base.priorPrecision()) {
      lambda++;
    }
    Double exponent = base.priorExponent();
    return new MixedSearch.Position(
        exponent == null ? 0 : axes.priors().exponents().indexOf(exponent),
        lambda,
        axes.promptDeviations().length / 2,
        0);
  }

  /** The log density of τ a priori, but for a constant: 0 where it is greatest, at 1. */
  static double logDensity(double tau) {
    double standard = Math.log(tau) / HYPERPRIOR_DEVIATION;
    return -standard * standard / 2;
  }

  private static double[] promptDeviations(@Nullable Double given, boolean crossed) {
    if (given != null) {
      return new double[] {given};
    }
    return crossed
        ? PROMPT_DEVIATIONS.stream().mapToDouble(value -> value).toArray()
        : new double[] {1};
  }

  private static double[] annotatorDeviations(@Nullable Double given, int verdicts) {
    if (given != null) {
      return new double[] {given};
    }
    return verdicts < LEAST_VERDICTS
        ? new double[] {0}
        : ANNOTATOR_DEVIATIONS.stream().mapToDouble(value -> value).toArray();
  }
}
