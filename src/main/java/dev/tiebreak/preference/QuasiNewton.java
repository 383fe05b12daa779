package dev.tiebreak.preference;

import static dev.tiebreak.preference.Objective.dot;
import static dev.tiebreak.preference.Objective.largestMagnitude;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.preference.Objective.OnLine;
import dev.tiebreak.preference.Objective.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * L-BFGS that takes the factor of a matrix near the Hessian as its initial one: the first step from
 * the point where that is the Hessian is Newton's. One gradient and one solve a step.
 *
 * <p>Source: Nocedal and Wright, Numerical Optimization, 2nd edition, algorithm 7.4; steps are
 * accepted by Armijo's rule, or near the mode, where L is flat to rounding, by their slope (Hager
 * and Zhang 2005, approximate Wolfe conditions).
 */
@SuppressWarnings("ReferenceEquality") // the same point: no step was taken
final class QuasiNewton {

  private static final int MOST_STEPS = 12;

  /** A step that is not shorter than this share of the last one ends the use of an old Hessian. */
  private static final double FAST = 0.7;

  private static final double SHORT = 1e-11;
  private static final double ARMIJO = 1e-4;
  private static final double FLAT = 1e-12;
  private static final double SHORTEST = 1e-10;

  private record Pair(double[] s, double[] y, double rho) {}

  private final Objective objective;
  private final Cholesky initial;
  private final List<Pair> pairs = new ArrayList<>();

  QuasiNewton(Objective objective, Cholesky initial) {
    this.objective = objective;
    this.initial = initial;
  }

  /** Steps until they are well below what {@link ModeSearch} asks for, or slow. */
  Point refine(Point from) {
    Point point = steps(from, SHORT, MOST_STEPS);
    return point == from ? from : objective.at(point.u()); // logits without the steps' rounding
  }

  /** Steps until the mode is within so many posterior standard deviations, or steps get slow. */
  Point approach(Point from, double near, int mostSteps) {
    return steps(from, near, mostSteps);
  }

  private Point steps(Point from, double near, int mostSteps) {
    Point point = from;
    double last = Double.POSITIVE_INFINITY;
    for (int k = 0; k < mostSteps; k++) {
      double[] p = direction(point.gradient());
      double length = Math.sqrt(-dot(point.gradient(), p));
      boolean done =
          length <= near
              && (near > SHORT || largestMagnitude(p) <= SHORT * largestMagnitude(point.u()));
      if (done || length > FAST * last) {
        return point;
      }
      Point next = step(point, p);
      if (next == point) {
        return point;
      }
      remember(point, next);
      last = length;
      point = next;
    }
    return point;
  }

  /** −B⁻¹∇L by the two-loop recursion. */
  private double[] direction(double[] gradient) {
    double[] q = gradient.clone();
    double[] alpha = new double[pairs.size()];
    for (int i = pairs.size() - 1; i >= 0; i--) {
      Pair pair = pairs.get(i);
      alpha[i] = pair.rho * dot(pair.s, q);
      add(-alpha[i], pair.y, q);
    }
    double[] p = initial.solve(q);
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      add(alpha[i] - pair.rho * dot(pair.y, p), pair.s, p);
    }
    for (int j = 0; j < p.length; j++) {
      p[j] = -p[j];
    }
    return p;
  }

  /** The next point on the line, or the same one where rounding allows no progress. */
  private Point step(Point from, double[] p) {
    double[] dt = objective.x().logits(p);
    double slope = dot(from.gradient(), p);
    if (!(slope < 0)) {
      return from;
    }
    double s = 1;
    OnLine at = objective.along(from, p, dt, s);
    while (!accepted(from.loss(), slope, s, at)) {
      double secant = -slope / (at.slope() - slope);
      s *= secant > 0.1 && secant < 0.5 ? secant : secant > 0 && secant <= 0.1 ? 0.1 : 0.5;
      if (s < SHORTEST) {
        return from;
      }
      at = objective.along(from, p, dt, s);
    }
    return objective.to(from, p, at);
  }

  private static boolean accepted(double loss, double slope, double s, OnLine at) {
    return at.loss() <= loss + ARMIJO * s * slope
        || (at.loss() <= loss + FLAT * Math.abs(loss) && Math.abs(at.slope()) <= 0.9 * -slope);
  }

  private void remember(Point from, Point to) {
    double[] s = to.u().clone();
    double[] y = to.gradient().clone();
    add(-1, from.u(), s);
    add(-1, from.gradient(), y);
    double curvature = dot(s, y);
    if (curvature > 0) {
      pairs.add(new Pair(s, y, 1 / curvature));
    }
  }

  private static void add(double scale, double[] x, double[] into) {
    for (int j = 0; j < into.length; j++) {
      into[j] = Math.fma(scale, x[j], into[j]);
    }
  }
}
