package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Effects;
import dev.tiebreak.preference.Logistic;
import org.jspecify.annotations.Nullable;

/**
 * The weight ω of a pair: one more verdict on it, by an annotator of temperature 1, adds ω x xᵀ to
 * the information of the coefficients, x the difference of the features that {@link
 * DesignProblem#adjusted} gives. Under the plain model ω = v, the Bernoulli variance of its answer.
 *
 * <p>Where prompts have effects and the pair crosses prompts p and q, part of what a verdict tells
 * is of these: ω = v / (1 + v κ), κ = K_pp + K_qq − 2 K_pq, K the covariance of the prompts'
 * effects where the coefficients are known, τ² on the diagonal of prompts that were never compared.
 * That is exact for one verdict; K and the adjusted features stay as the fit has them while a batch
 * is chosen. Where ties are outcomes v is Davidson's, the tie parameter taken as known.
 */
final class FisherWeights {

  private final double[] rewards;
  private final double nu;
  private final double peak;
  private final @Nullable Crossing crossing;

  /**
   * What crossing prompts costs.
   *
   * @param ever whether a candidate may cross prompts
   * @param least no candidate has a smaller κ
   * @param shared no candidate's prompts have a greater covariance; of no meaning where κ may be 0
   */
  private record Crossing(
      int[] prompts,
      int[] effectOf,
      Matrix covariance,
      double untouched,
      boolean ever,
      double least,
      double shared) {

    static Crossing of(int[] prompts, Effects effects, Pairing pairing) {
      double untouched = effects.promptDeviation() * effects.promptDeviation();
      Matrix covariance = effects.promptCovariance();
      int[] effectOf = effects.effectOf(prompts);
      boolean ever = pairing != Pairing.IN_PROMPT;
      boolean always = pairing == Pairing.CROSS_PROMPT;
      double least = always ? least(covariance, untouched) : 0;
      double shared = always ? shared(covariance) : Double.POSITIVE_INFINITY;
      return new Crossing(prompts, effectOf, covariance, untouched, ever, least, shared);
    }

    /** The least κ of two prompts, as if there were two that were never compared. */
    private static double least(Matrix covariance, double untouched) {
      double least = 2 * untouched;
      for (int p = 0; p < covariance.rows(); p++) {
        double own = covariance.get(p, p);
        least = Math.min(least, own + untouched);
        for (int q = 0; q < p; q++) {
          least = Math.min(least, own + covariance.get(q, q) - 2 * covariance.get(p, q));
        }
      }
      return Math.max(0, least);
    }

    private static double shared(Matrix covariance) {
      double shared = 0;
      for (int p = 0; p < covariance.rows(); p++) {
        for (int q = 0; q < p; q++) {
          shared = Math.max(shared, covariance.get(p, q));
        }
      }
      return shared;
    }

    /** κ of a candidate is at least the sum of its rows'. */
    double part(int row) {
      if (shared == Double.POSITIVE_INFINITY) {
        return 0;
      }
      int p = effectOf[row];
      return (p < 0 ? untouched : covariance.get(p, p)) - shared;
    }

    double kappa(int a, int b) {
      if (prompts[a] == prompts[b]) {
        return 0;
      }
      int p = effectOf[a];
      int q = effectOf[b];
      double first = p < 0 ? untouched : covariance.get(p, p);
      double second = q < 0 ? untouched : covariance.get(q, q);
      double both = p < 0 || q < 0 ? 0 : covariance.get(p, q);
      return Math.max(0, first + second - 2 * both);
    }
  }

  private FisherWeights(double[] rewards, double nu, @Nullable Crossing crossing) {
    this.rewards = rewards;
    this.nu = nu;
    this.crossing = crossing;
    this.peak = nu > 4 ? 2 * Math.log(peak(nu)) : 0;
  }

  /** e^(t/2) of the logit where Davidson's v is greatest, ν > 4: cosh(t/2) = (ν² / 2 − 4) / ν. */
  private static double peak(double nu) {
    double cosh = nu / 2 - 4 / nu;
    return cosh + Math.sqrt(cosh * cosh - 1);
  }

  /** Those of the plain model, of rewards in logits. */
  static FisherWeights of(double[] rewards) {
    return new FisherWeights(rewards, 0, null);
  }

  /**
   * Those of a model with effects; the plain ones where it has none.
   *
   * @param rewards with the effects of the rows' prompts, n, logits
   * @param pairing of the candidates
   */
  static FisherWeights of(
      double[] rewards, int[] prompts, @Nullable Effects effects, Pairing pairing) {
    if (effects == null) {
      return of(rewards);
    }
    return new FisherWeights(
        rewards,
        effects.tieParameter(),
        effects.promptDeviation() == 0 ? null : Crossing.of(prompts, effects, pairing));
  }

  /** The rewards, n, logits: a pair's logit is their difference. */
  double[] rewards() {
    return rewards;
  }

  /** Whether ω of every candidate is σ(t) (1 − σ(t)), a function of the logit alone. */
  boolean logistic() {
    return nu == 0 && (crossing == null || !crossing.ever);
  }

  /** Whether 1 / ω ≥ 1 / (σ(t) (1 − σ(t))) + {@link #part} of the one row + that of the other. */
  boolean separable() {
    return nu == 0;
  }

  /** What a row adds to 1 / ω at least, whatever row of a candidate it is compared with. */
  double part(int row) {
    return crossing == null ? 0 : crossing.part(row);
  }

  /** ω of a pair of rows, at most ¼. */
  double of(int a, int b) {
    double t = rewards[a] - rewards[b];
    double v = nu == 0 ? Logistic.variance(t) : Logistic.variance(t, nu);
    return crossing == null ? v : v / (1 + v * crossing.kappa(a, b));
  }

  /** No candidate whose logit is this or further from 0 has a greater weight; gap ≥ 0. */
  double most(double gap) {
    double v = nu == 0 ? Logistic.variance(gap) : Logistic.variance(Math.max(gap, peak), nu);
    return crossing == null ? v : v / (1 + v * crossing.least);
  }
}
