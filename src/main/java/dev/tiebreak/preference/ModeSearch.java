package dev.tiebreak.preference;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.preference.Objective.Point;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method with a line search. A Hessian costs far more than a gradient, so each is kept for
 * a few quasi-Newton steps ({@link QuasiNewton}) as long as these make fast progress; what is
 * returned has been checked with the exact Hessian at the very point: ‖H⁻¹∇L‖∞ ≤ 1e-9 (1 + ‖u‖∞).
 * That test would pass at u = 0 where embeddings are huge and weights accordingly small, so the
 * search goes on until the step is also short in posterior standard deviations, √(∇Lᵀ H⁻¹ ∇L) ≤
 * 1e-8.
 */
record ModeSearch(LinearAlgebra algebra) {

  private static final int MOST_ITERATIONS = 100;
  private static final double TOLERANCE = 1e-9;
  private static final double DECREMENT = 1e-10;

  /**
   * Finds the mode.
   *
   * @param start where to begin; replaced by 0 where L is smaller there
   * @param preconditioner the factor of a matrix near H, or null
   */
  Mode find(Objective objective, double @Nullable [] start, @Nullable Cholesky preconditioner) {
    Point point = start == null ? null : objective.at(start);
    if (point == null || !(point.loss() < objective.lossAtOrigin())) {
      point = origin(objective);
    }
    if (preconditioner != null) {
      point = new QuasiNewton(objective, preconditioner).refine(point);
    }
    return iterate(objective, point);
  }

  private static Point origin(Objective objective) {
    return objective.at(new double[objective.size()]);
  }

  private Mode iterate(Objective objective, Point first) {
    Point point = first;
    double lastLoss = Double.POSITIVE_INFINITY;
    double lastStep = Double.POSITIVE_INFINITY;
    for (int iteration = 1; ; iteration++) {
      FactoredInformation at = FactoredInformation.of(objective.information(point), algebra);
      if (at.jitter() > 0 && iteration == 1 && Objective.largestMagnitude(point.u()) > 0) {
        // rounding hides the directions in which only the prior acts: stay at 0 there
        point = origin(objective);
        continue;
      }
      double[] newton = at.factor().solve(point.gradient());
      double step = Objective.largestMagnitude(newton);
      double decrement = Math.sqrt(Objective.dot(newton, point.gradient()));
      boolean converged = step <= TOLERANCE * (1 + Objective.largestMagnitude(point.u()));
      boolean stalled = !(point.loss() < lastLoss) && !(step < lastStep / 2);
      if ((converged && decrement <= DECREMENT) || stalled || iteration >= MOST_ITERATIONS) {
        return mode(objective, point, at, iteration, step, converged);
      }
      lastLoss = point.loss();
      lastStep = step;
      point = new QuasiNewton(objective, at.factor()).refine(point);
    }
  }

  private static Mode mode(
      Objective objective,
      Point point,
      FactoredInformation at,
      int iterations,
      double step,
      boolean converged) {
    double logLikelihood = objective.logLikelihood(point.t());
    double logDeterminant = at.factor().logDeterminant();
    double logPrior = 0.5 * objective.size() * Math.log(objective.lambda());
    return new Mode(
        point.u(),
        at.information(),
        at.factor(),
        at.jitter(),
        logLikelihood,
        -point.loss() + logPrior - logDeterminant / 2,
        logDeterminant,
        iterations,
        Objective.largestMagnitude(point.gradient()),
        step,
        converged);
  }
}
