package dev.tiebreak.preference;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * A fitted last layer: the maximum-a-posteriori weights and the Laplace posterior N(u, H⁻¹) around
 * them. Arrays and matrices are shared, not to be changed.
 *
 * @param priorPrecision λ, given or chosen
 * @param priorExponent a, given or chosen; null under ISOTROPIC
 * @param components m, the dimension of the fit
 * @param map from embeddings to the features z of the fit
 * @param coefficients u, m numbers: the reward is uᵀz
 * @param weights w, d numbers: the reward is wᵀe, in logits
 * @param information H = λ I + Σ_verdicts v x xᵀ in the space of the fit, m × m
 * @param factor of H
 * @param jitter what had to be added to the diagonal of H to factor it; 0 unless λ is below the
 *     rounding error of the verdicts' information
 * @param logLikelihood log p(verdicts | w), nats, without the prior
 * @param logEvidence −L(w) + ½ log det λI − ½ log det H, nats
 * @param logDet log det H, natural logarithm
 * @param verdicts the number of counted verdicts N
 * @param iterations factorisations of H at the chosen prior
 * @param gradientNorm ‖∇L‖∞ at u
 * @param newtonStep ‖H⁻¹∇L‖∞ at u
 * @param converged whether newtonStep ≤ 1e-9 (1 + ‖u‖∞)
 * @param effects of prompts, annotators and ties, where the model has them: then H is the marginal
 *     information of u, and u, w and log-likelihood go with them; null under the plain model
 */
public record Fit(
    Prior prior,
    double priorPrecision,
    @Nullable Double priorExponent,
    int components,
    FeatureMap map,
    double[] coefficients,
    double[] weights,
    Matrix information,
    Cholesky factor,
    double jitter,
    double logLikelihood,
    double logEvidence,
    double logDet,
    int verdicts,
    int iterations,
    double gradientNorm,
    double newtonStep,
    boolean converged,
    @Nullable Effects effects) {

  static Fit of(
      Prior prior,
      double lambda,
      @Nullable Double exponent,
      FeatureMap map,
      Mode mode,
      int verdicts) {
    return new Fit(
        prior,
        lambda,
        exponent,
        map.components(),
        map,
        mode.coefficients(),
        map.toWeights(mode.coefficients()),
        mode.information(),
        mode.factor(),
        mode.jitter(),
        mode.logLikelihood(),
        mode.logEvidence(),
        mode.logDeterminant(),
        verdicts,
        mode.iterations(),
        mode.gradientNorm(),
        mode.newtonStep(),
        mode.converged(),
        null);
  }

  /** The same without its effects, which take far more memory where prompts are many. */
  public Fit withoutEffects() {
    return with(null);
  }

  /** The same with these effects. */
  Fit with(@Nullable Effects found) {
    return new Fit(
        prior,
        priorPrecision,
        priorExponent,
        components,
        map,
        coefficients,
        weights,
        information,
        factor,
        jitter,
        logLikelihood,
        logEvidence,
        logDet,
        verdicts,
        iterations,
        gradientNorm,
        newtonStep,
        converged,
        found);
  }

  /**
   * What scoring needs of this fit, in a form that can be stored.
   *
   * <p>Cost: d m² / 2 multiply-adds, memory d m.
   */
  public Posterior posterior(LinearAlgebra algebra) {
    Matrix rows = map.matrix();
    Matrix whitened = factor.whiten(rows == null ? Matrix.scaledIdentity(components, 1) : rows);
    return new Posterior(weights, whitened.transposed());
  }
}
