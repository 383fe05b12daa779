package dev.tiebreak.preference;

import static dev.tiebreak.preference.Objective.dot;
import static dev.tiebreak.preference.Objective.largestMagnitude;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.preference.MixedInformation.Eliminated;
import dev.tiebreak.preference.MixedInformation.Step;
import dev.tiebreak.preference.MixedObjective.Point;
import java.util.Arrays;

/**
 * Newton's method on coefficients and effects together, with a line search on L. Where annotators
 * have effects, L need not be convex: the Hessian serves where it is positive definite, else the
 * Fisher information (Gauss–Newton), which always is. Ends at ‖step‖∞ ≤ 1e-9 (1 + ‖(u, φ)‖∞) and
 * √(∇Lᵀ H⁻¹ ∇L) ≤ 1e-8, checked at the returned point.
 */
@SuppressWarnings("ReferenceEquality") // the same point: no step was taken
record MixedModeSearch(LinearAlgebra algebra) {

  private static final int MOST_ITERATIONS = 100;
  private static final double TOLERANCE = 1e-9;
  private static final double DECREMENT = 1e-16;
  private static final double ARMIJO = 1e-4;
  private static final double SHORTEST = 1e-10;

  /** The share of L that rounding may hide. */
  private static final double ROUNDING = 1e-13;

  /**
   * Finds the mode.
   *
   * @param u where to begin, replaced by 0 where L is smaller there
   */
  MixedMode find(MixedObjective objective, double[] u, double[] phi) {
    Point point = objective.at(u, phi);
    Point origin = objective.origin();
    if (!(point.loss() < origin.loss())) {
      point = origin;
    }
    double lastLoss = Double.POSITIVE_INFINITY;
    double lastLength = Double.POSITIVE_INFINITY;
    for (int iteration = 1; ; iteration++) {
      Eliminated at = curvature(objective, point);
      Step step = at.step(point.gradient(), point.effectGradient(), algebra);
      double length = length(step.u(), step.phi());
      double decrement = -dot(step.u(), point.gradient()) - dot(step.phi(), point.effectGradient());
      boolean converged = length <= TOLERANCE * (1 + length(point.u(), point.phi()));
      boolean stalled = !(point.loss() < lastLoss) && !(length < lastLength / 2);
      if ((converged && decrement <= DECREMENT) || stalled || iteration == MOST_ITERATIONS) {
        return mode(objective, point, iteration, length, converged);
      }
      lastLoss = point.loss();
      lastLength = length;
      point = moved(objective, point, step, decrement);
    }
  }

  private static double length(double[] u, double[] phi) {
    return Math.max(largestMagnitude(u), largestMagnitude(phi));
  }

  private Eliminated curvature(MixedObjective objective, Point point) {
    if (objective.layout().annotators() > 0) {
      Eliminated hessian = objective.information(point, true).eliminate(algebra, true);
      if (hessian != null) {
        return hessian;
      }
    }
    return information(objective, point);
  }

  private Eliminated information(MixedObjective objective, Point point) {
    Eliminated information = objective.information(point, false).eliminate(algebra, false);
    if (information == null) {
      throw new IllegalStateException("the Fisher information is not positive definite");
    }
    return information;
  }

  /** The point that the step leads to, or a nearer one; the same where rounding allows none. */
  private static Point moved(MixedObjective objective, Point from, Step step, double decrement) {
    for (double s = 1; s >= SHORTEST; s /= 2) {
      Point to = objective.at(sum(from.u(), s, step.u()), sum(from.phi(), s, step.phi()));
      boolean hidden = s == 1 && decrement <= ROUNDING * (1 + Math.abs(from.loss()));
      if (to.loss() <= from.loss() - ARMIJO * s * decrement || hidden) {
        return to;
      }
    }
    return from;
  }

  private static double[] sum(double[] x, double s, double[] y) {
    double[] sum = Arrays.copyOf(x, x.length);
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.fma(s, y[i], sum[i]);
    }
    return sum;
  }

  private MixedMode mode(
      MixedObjective objective, Point point, int iterations, double length, boolean converged) {
    Eliminated at = information(objective, point);
    double logPrior = 0.5 * point.u().length * Math.log(objective.lambda());
    for (double precision : objective.precisions()) {
      logPrior += Math.log(precision) / 2;
    }
    Mode mode =
        new Mode(
            point.u(),
            at.marginal().information(),
            at.marginal().factor(),
            at.marginal().jitter(),
            point.logLikelihood(),
            -point.loss() + logPrior - at.logDeterminant() / 2,
            at.marginal().factor().logDeterminant(),
            iterations,
            length(point.gradient(), point.effectGradient()),
            length,
            converged);
    return new MixedMode(mode, objective.layout(), point.phi(), at);
  }
}
