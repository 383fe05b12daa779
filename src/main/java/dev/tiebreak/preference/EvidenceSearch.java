package dev.tiebreak.preference;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.preference.Objective.Point;
import dev.tiebreak.preference.Reference.Prediction;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The grid point (exponent, λ) of the greatest Laplace evidence, rounded to 1e-9 nats; ties go to
 * the smaller exponent, then the greater λ.
 *
 * <p>The evidence is smooth in log λ: each exponent is scanned at every third λ, and from every
 * local maximum of the scan the fine grid is climbed. There it is estimated: modes to a part of a
 * posterior standard deviation, by gradients alone, and log det H from the last {@link Reference}.
 * Then whatever is within its error of the greatest is fitted to full accuracy, with the neighbours
 * of whatever is that near estimated too, until the greatest stands alone. Some 70 points are
 * estimated; 2 or 3 are fitted where verdicts are many, up to all of them where they are ten.
 * Tested to end at the same point as the full grid.
 *
 * <p>Not thread-safe; one object a search.
 */
final class EvidenceSearch {

  private static final int COARSE = 3;
  private static final double ROUNDING = 1e9;

  /** Posterior standard deviations from the mode that an estimate is content with. */
  private static final double NEAR = 0.15;

  private static final int MOST_STEPS = 8;

  /** Nats below which an estimate is not trusted to tell two grid points apart. */
  private static final double LEAST_MARGIN = 0.5;

  /** Distinct pairs below which every grid point is fitted. */
  private static final int FEW = 200;

  /** How far beyond the greatest error of an estimate that was met others are distrusted. */
  private static final double CAUTION = 4;

  /** A grid point, by index into the exponents and the precisions. */
  record Position(int exponent, int lambda) {}

  /** A fitted grid point. */
  record Candidate(Position position, Mode mode) {}

  /** Evidence in nats; of margin 0 where it was fitted. */
  private record Estimate(double value, double margin, @Nullable Reference by) {}

  private final PairCounts pairs;
  private final List<FeatureMap> maps;
  private final double[] lambdas;
  private final Differences widest;
  private final LinearAlgebra algebra;
  private final Map<Position, double[]> coefficients = new HashMap<>();
  private final Map<Position, Estimate> evidence = new HashMap<>();
  private Differences current;
  private int currentExponent;
  private final double @Nullable [] warmStart;
  private @Nullable Cholesky preconditioner;
  private @Nullable Reference reference;
  private @Nullable Reference widestReference;
  private @Nullable Position last;
  private @Nullable Candidate best;
  private int fitted;
  private double distrust = 1;

  /**
   * Prepares a search.
   *
   * @param maps one an exponent, ascending: the first has the most components
   * @param lambdas ascending
   * @param widest the differences under the first map
   * @param warmStart coefficients under the first map, or null
   * @param preconditioner the factor of a matrix near H under the first map, or null
   */
  EvidenceSearch(
      PairCounts pairs,
      List<FeatureMap> maps,
      double[] lambdas,
      Differences widest,
      double @Nullable [] warmStart,
      @Nullable Cholesky preconditioner,
      LinearAlgebra algebra) {
    this.pairs = pairs;
    this.maps = maps;
    this.lambdas = lambdas;
    this.widest = widest;
    this.current = widest;
    this.warmStart = warmStart;
    this.preconditioner = preconditioner;
    this.algebra = algebra;
  }

  /** The λ at which a search begins, at the first exponent. */
  static double first(double[] lambdas) {
    return lambdas[lambdas.length / 2];
  }

  /** The greatest: with few pairs, where estimates are crude and fits cheap, of all fitted. */
  Candidate greatest() {
    return pairs.size() < FEW ? everywhere() : coarseToFine();
  }

  /** Scans coarsely, climbs, and fits what may be the greatest. */
  Candidate coarseToFine() {
    Candidate found = fit(new Position(0, lambdas.length / 2));
    if (maps.size() * lambdas.length == 1) {
      return found;
    }
    for (int exponent = 0; exponent < maps.size(); exponent++) {
      for (int j = lambdas.length - 1; j > 0; j -= COARSE) {
        value(new Position(exponent, j));
      }
      value(new Position(exponent, 0));
      climbFromLocalMaxima(exponent);
    }
    for (Optional<Position> next = contender(); next.isPresent(); next = contender()) {
      fit(next.get());
    }
    return best();
  }

  /** Fits every grid point: what {@link #coarseToFine} must agree with. */
  Candidate everywhere() {
    for (int exponent = 0; exponent < maps.size(); exponent++) {
      for (int j = lambdas.length - 1; j >= 0; j--) {
        fit(new Position(exponent, j));
      }
    }
    return best();
  }

  /** The number of grid points that were fitted. */
  int evaluations() {
    return fitted;
  }

  private Candidate best() {
    if (best == null) {
      throw new IllegalArgumentException(
          "a grid of " + maps.size() + " × " + lambdas.length + " has no point");
    }
    return best;
  }

  /** The likeliest point that is not fitted and may yet be the greatest. */
  private Optional<Position> contender() {
    for (boolean known = false; !known; ) {
      known = true;
      for (Position near : List.copyOf(evidence.keySet())) {
        if (mayBeGreatest(near)) {
          for (int j = near.lambda - 1; j <= near.lambda + 1; j++) {
            Position neighbour = new Position(near.exponent, j);
            if (j >= 0 && j < lambdas.length && !evidence.containsKey(neighbour)) {
              value(neighbour);
              known = false;
            }
          }
        }
      }
    }
    return evidence.keySet().stream()
        .filter(at -> estimate(at).margin > 0 && mayBeGreatest(at))
        .toList()
        .stream()
        .filter(this::staysContender)
        .max(
            Comparator.comparingDouble((Position at) -> estimate(at).value)
                .thenComparing(Position::exponent)
                .thenComparing(Position::lambda));
  }

  private boolean mayBeGreatest(Position at) {
    Estimate estimate = estimate(at);
    return estimate.value + distrust * estimate.margin >= estimate(best().position).value;
  }

  /** Estimates anew from the last reference. */
  private boolean staysContender(Position at) {
    Estimate earlier = estimate(at);
    if (earlier.by != referenceFor(at)) {
      Estimate again = estimated(at);
      evidence.put(at, again.margin < earlier.margin ? again : earlier);
    }
    return mayBeGreatest(at);
  }

  private Estimate estimate(Position at) {
    Estimate known = evidence.get(at);
    if (known == null) {
      throw new IllegalStateException(at + " is not estimated");
    }
    return known;
  }

  private void climbFromLocalMaxima(int exponent) {
    int top = lambdas.length - 1;
    for (int j = top; j >= 0; j = j == 0 ? -1 : Math.max(0, j - COARSE)) {
      Position here = new Position(exponent, j);
      Position above = new Position(exponent, Math.min(top, j + COARSE));
      Position below = new Position(exponent, Math.max(0, j - COARSE));
      if (value(above) <= value(here) && value(below) <= value(here)) {
        climb(here);
      }
    }
  }

  private void climb(Position from) {
    Position here = from;
    for (Position next = bestNeighbour(here); !next.equals(here); next = bestNeighbour(here)) {
      here = next;
    }
  }

  private Position bestNeighbour(Position here) {
    Position found = here;
    for (int step = 1; step >= -1; step -= 2) {
      int j = here.lambda + step;
      if (j >= 0 && j < lambdas.length) {
        Position neighbour = new Position(here.exponent, j);
        found = preferred(neighbour, found) ? neighbour : found;
      }
    }
    return found;
  }

  private boolean preferred(Position left, Position right) {
    double a = value(left);
    double b = value(right);
    if (a != b) {
      return a > b;
    }
    return left.exponent != right.exponent
        ? left.exponent < right.exponent
        : left.lambda > right.lambda;
  }

  private double value(Position position) {
    Estimate known = evidence.get(position);
    if (known == null) {
      known = estimated(position);
      evidence.put(position, known);
    }
    return known.value;
  }

  /** By gradients and a prediction of H. */
  private Estimate estimated(Position position) {
    Objective objective = objective(position);
    double[] start = start(position);
    Point point = objective.at(start == null ? new double[objective.size()] : start);
    Prediction prediction = predict(objective, point, position);
    if (prediction == null) {
      return fitted(position);
    }
    QuasiNewton steps = new QuasiNewton(objective, prediction.factor());
    Point near = steps.approach(point, NEAR, MOST_STEPS);
    prediction = predict(objective, near, position);
    if (prediction == null) {
      return fitted(position);
    }
    coefficients.put(position, near.u());
    last = position;
    double away = steps.distance();
    return new Estimate(
        -near.loss()
            + 0.5 * objective.size() * Math.log(objective.lambda())
            - prediction.logDeterminant() / 2,
        2 * (prediction.error() + away * away) + LEAST_MARGIN,
        referenceFor(position));
  }

  private Estimate fitted(Position position) {
    fit(position);
    return estimate(position);
  }

  private Candidate fit(Position position) {
    Objective objective = objective(position);
    double[] start = start(position);
    Cholesky near = preconditioner;
    preconditioner = null;
    if (start != null && reference != null) {
      Prediction prediction = predict(objective, objective.at(start), position);
      near = prediction == null ? null : prediction.factor();
    }
    Mode mode = new ModeSearch(algebra).find(objective, start, near);
    fitted++;
    Candidate candidate = new Candidate(position, mode);
    double value = Math.rint(mode.logEvidence() * ROUNDING) / ROUNDING;
    Estimate estimate = evidence.put(position, new Estimate(value, 0, null));
    if (estimate != null && estimate.margin > 0) {
      double met = Math.abs(estimate.value - value) / estimate.margin;
      distrust = Math.max(distrust, CAUTION * met);
    }
    coefficients.put(position, mode.coefficients());
    last = position;
    reference =
        new Reference(
            current,
            objective.variances(current.logits(mode.coefficients())),
            mode,
            maps.get(position.exponent).scales(),
            lambdas[position.lambda],
            algebra);
    if (position.exponent == 0) {
      widestReference = reference;
    }
    if (best == null || preferred(position, best.position)) {
      best = candidate;
    }
    return candidate;
  }

  private @Nullable Prediction predict(Objective objective, Point at, Position position) {
    Reference from = referenceFor(position);
    return from == null
        ? null
        : from.predict(
            objective.variances(at.t()),
            maps.get(position.exponent).scales(),
            lambdas[position.lambda]);
  }

  /** The last one that has all components of this point. */
  private @Nullable Reference referenceFor(Position position) {
    boolean serves =
        reference != null && reference.components() >= maps.get(position.exponent).components();
    return serves ? reference : widestReference;
  }

  private Objective objective(Position position) {
    if (position.exponent != currentExponent) {
      current = position.exponent == 0 ? widest : widest.scaled(ratios(0, position.exponent));
      currentExponent = position.exponent;
    }
    return new Objective(current, pairs, lambdas[position.lambda]);
  }

  /** The mode at the nearest λ of this exponent, else of the exponent before. */
  private double @Nullable [] start(Position position) {
    double[] same = nearest(position.exponent, position.lambda);
    if (same != null) {
      return same;
    }
    if (last == null) {
      return warmStart;
    }
    int from = last.exponent;
    double[] other = nearest(from, position.lambda);
    return other == null ? null : rescaled(other, ratios(from, position.exponent));
  }

  private double @Nullable [] nearest(int exponent, int lambda) {
    for (int distance = 0; distance < lambdas.length; distance++) {
      double[] above = coefficients.get(new Position(exponent, lambda + distance));
      if (above != null) {
        return above;
      }
      double[] below = coefficients.get(new Position(exponent, lambda - distance));
      if (below != null) {
        return below;
      }
    }
    return null;
  }

  /** S of one exponent over S of another before it, on the components of the former. */
  private double[] ratios(int from, int to) {
    double[] numerator = maps.get(to).scales();
    double[] denominator = maps.get(from).scales();
    double[] ratios = new double[numerator.length];
    for (int j = 0; j < ratios.length; j++) {
      ratios[j] = numerator[j] / denominator[j];
    }
    return ratios;
  }

  private static double[] rescaled(double[] u, double[] ratios) {
    double[] moved = new double[ratios.length];
    for (int j = 0; j < moved.length; j++) {
      moved[j] = u[j] / ratios[j];
    }
    return moved;
  }
}
