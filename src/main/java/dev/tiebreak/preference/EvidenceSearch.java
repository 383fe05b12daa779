package dev.tiebreak.preference;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.preference.GridClimb.Position;
import dev.tiebreak.preference.Objective.Point;
import dev.tiebreak.preference.Reference.Prediction;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The grid point (exponent, λ) of the greatest Laplace evidence plus log hyperprior, their sum
 * rounded to 1e-9 nats; ties go to the smaller exponent, then the greater λ.
 *
 * <p>The points that {@link GridClimb} visits are estimated: modes to a part of a posterior
 * standard deviation, by gradients alone, and log det H from the nearest {@link Reference}. Then
 * whatever is within its error of the greatest is fitted to full accuracy, with the neighbours of
 * whatever is that near estimated too, until the greatest stands alone. Some 70 points are
 * estimated; 2 or 3 are fitted where verdicts are many. Where they are few, {@link ExactSearch}
 * serves better. Tested to end at the same point as the full grid.
 *
 * <p>Not thread-safe; one object a search.
 */
@SuppressWarnings("ReferenceEquality") // the same point: no step was taken
final class EvidenceSearch {

  private static final double ROUNDING = 1e9;

  /** Posterior standard deviations from the mode that an estimate is content with. */
  private static final double NEAR = 0.15;

  /** The same by the information predicted there, which is nearer the truth. */
  private static final double FAR = 0.3;

  /** Nats that an estimate further than that from its mode may miss, and for each squared σ. */
  private static final double LOST = 10;

  private static final int MOST_STEPS = 8;
  private static final int MOST_ATTEMPTS = 2;

  /** Nats below which an estimate is not trusted to tell two grid points apart. */
  private static final double LEAST_MARGIN = 0.5;

  /** How far beyond the greatest error of an estimate that was met others are distrusted. */
  private static final double CAUTION = 4;

  /** A fitted grid point. */
  record Candidate(Position position, Mode mode) {}

  /** Evidence and log hyperprior in nats; of margin 0 where it was fitted. */
  private record Estimate(double value, double margin, @Nullable Reference by) {}

  private final PairCounts pairs;
  private final HyperparameterGrid grid;
  private final Differences widest;
  private final LinearAlgebra algebra;
  private final GridClimb climb;
  private final Map<Position, double[]> coefficients = new HashMap<>();
  private final Map<Position, Estimate> evidence = new HashMap<>();
  private final Map<Position, Reference> references = new HashMap<>();
  private Differences current;
  private int currentExponent;
  private final double @Nullable [] warmStart;
  private @Nullable Cholesky preconditioner;
  private @Nullable Position last;
  private @Nullable Candidate best;
  private int fitted;
  private double distrust = 1;

  /**
   * Prepares a search.
   *
   * @param widest the differences under the first exponent
   * @param warmStart coefficients under the first exponent, or null
   * @param preconditioner the factor of a matrix near H under the first exponent, or null
   */
  EvidenceSearch(
      PairCounts pairs,
      HyperparameterGrid grid,
      Differences widest,
      double @Nullable [] warmStart,
      @Nullable Cholesky preconditioner,
      LinearAlgebra algebra) {
    this.pairs = pairs;
    this.grid = grid;
    this.widest = widest;
    this.current = widest;
    this.warmStart = warmStart;
    this.preconditioner = preconditioner;
    this.algebra = algebra;
    this.climb = new GridClimb(grid.lambdas().length, this::value);
  }

  /** A sum in nats, to 1e-9: what differs by less is a tie. */
  static double rounded(double evidence) {
    return Math.rint(evidence * ROUNDING) / ROUNDING;
  }

  /** Scans coarsely, climbs, and fits what may be the greatest. */
  Candidate coarseToFine() {
    Candidate found = fit(new Position(0, grid.lambdas().length / 2));
    if (grid.size() == 1) {
      return found;
    }
    for (int exponent = 0; exponent < grid.scales().size(); exponent++) {
      climb.exponent(exponent);
    }
    for (Optional<Position> next = contender(); next.isPresent(); next = contender()) {
      fit(next.get());
    }
    return best();
  }

  /** Fits every grid point: what {@link #coarseToFine} must agree with. */
  Candidate everywhere() {
    for (int exponent = 0; exponent < grid.scales().size(); exponent++) {
      for (int j = grid.lambdas().length - 1; j >= 0; j--) {
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
          "a grid of " + grid.scales().size() + " × " + grid.lambdas().length + " has no point");
    }
    return best;
  }

  /** The likeliest point that is not fitted and may yet be the greatest. */
  private Optional<Position> contender() {
    for (boolean known = false; !known; ) {
      known = true;
      for (Position near : List.copyOf(evidence.keySet())) {
        if (mayBeGreatest(near)) {
          for (int j = near.lambda() - 1; j <= near.lambda() + 1; j++) {
            Position neighbour = new Position(near.exponent(), j);
            if (j >= 0 && j < grid.lambdas().length && !evidence.containsKey(neighbour)) {
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

  /** Estimates anew where there is a nearer reference since. */
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
    double away = Double.POSITIVE_INFINITY;
    for (int attempt = 0; attempt < MOST_ATTEMPTS && away > FAR; attempt++) {
      if (prediction == null) {
        return fitted(position);
      }
      Point near =
          new QuasiNewton(objective, prediction.factor()).approach(point, NEAR, MOST_STEPS);
      prediction = near == point ? prediction : predict(objective, near, position);
      away = prediction == null ? away : distance(near, prediction);
      point = near;
    }
    if (prediction == null) {
      return fitted(position);
    }
    coefficients.put(position, point.u());
    last = position;
    return new Estimate(
        -point.loss()
            + 0.5 * objective.size() * Math.log(objective.lambda())
            - prediction.logDeterminant() / 2
            + grid.logDensity(position),
        2 * prediction.error() + (away > FAR ? Math.max(LOST, LOST * away * away) : LEAST_MARGIN),
        referenceFor(position));
  }

  /** √(∇Lᵀ H⁻¹ ∇L): how many posterior standard deviations the mode is away. */
  private static double distance(Point at, Prediction prediction) {
    return Math.sqrt(Objective.dot(at.gradient(), prediction.factor().solve(at.gradient())));
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
    if (start != null && !references.isEmpty()) {
      Prediction prediction = predict(objective, objective.at(start), position);
      near = prediction == null ? null : prediction.factor();
    }
    Mode mode = new ModeSearch(algebra).find(objective, start, near);
    fitted++;
    Candidate candidate = new Candidate(position, mode);
    double value = rounded(mode.logEvidence() + grid.logDensity(position));
    Estimate estimate = evidence.put(position, new Estimate(value, 0, null));
    if (estimate != null && estimate.margin > 0) {
      double met = Math.abs(estimate.value - value) / estimate.margin;
      distrust = Math.max(distrust, CAUTION * met);
    }
    coefficients.put(position, mode.coefficients());
    last = position;
    references.put(
        position,
        new Reference(
            current,
            objective.variances(current.logits(mode.coefficients())),
            mode,
            grid.scales(position),
            grid.lambda(position),
            algebra));
    if (best == null || climb.preferred(position, best.position)) {
      best = candidate;
    }
    return candidate;
  }

  private @Nullable Prediction predict(Objective objective, Point at, Position position) {
    Reference from = referenceFor(position);
    return from == null
        ? null
        : from.predict(objective.variances(at.t()), grid.scales(position), grid.lambda(position));
  }

  /**
   * That of the nearest λ, then of the nearest exponent, which has all components of this point.
   */
  private @Nullable Reference referenceFor(Position position) {
    return references.keySet().stream()
        .filter(at -> components(at.exponent()) >= components(position.exponent()))
        .min(
            Comparator.comparingInt((Position at) -> Math.abs(at.lambda() - position.lambda()))
                .thenComparingInt(at -> Math.abs(at.exponent() - position.exponent()))
                .thenComparingInt(Position::lambda)
                .thenComparingInt(Position::exponent))
        .map(references::get)
        .orElse(null);
  }

  private int components(int exponent) {
    return exponent == 0 ? widest.columns() : grid.scales().get(exponent).length;
  }

  private Objective objective(Position position) {
    if (position.exponent() != currentExponent) {
      current =
          position.exponent() == 0 ? widest : widest.scaled(grid.ratios(0, position.exponent()));
      currentExponent = position.exponent();
    }
    return new Objective(current, pairs, grid.lambda(position));
  }

  /** By the modes at the nearest two λ of this exponent, else by that of the exponent before. */
  private double @Nullable [] start(Position position) {
    List<Integer> known = known(position.exponent(), position.lambda());
    if (known.size() > 1) {
      return onLine(position, known.get(0), known.get(1));
    }
    if (known.size() == 1) {
      return coefficients.get(new Position(position.exponent(), known.getFirst()));
    }
    if (last == null) {
      return warmStart;
    }
    int from = last.exponent();
    List<Integer> others = known(from, position.lambda());
    double[] other =
        others.isEmpty() ? null : coefficients.get(new Position(from, others.getFirst()));
    return other == null ? null : rescaled(other, grid.ratios(from, position.exponent()));
  }

  /** The line through two modes, in log λ: they move smoothly. */
  private double[] onLine(Position at, int near, int far) {
    double[] u = Objects.requireNonNull(coefficients.get(new Position(at.exponent(), near)));
    double[] v = Objects.requireNonNull(coefficients.get(new Position(at.exponent(), far)));
    double share = (double) (at.lambda() - near) / (far - near);
    double[] start = new double[u.length];
    for (int j = 0; j < start.length; j++) {
      start[j] = Math.fma(share, v[j] - u[j], u[j]);
    }
    return start;
  }

  /** The λ of which the coefficients are known, the nearest first, below before above. */
  private List<Integer> known(int exponent, int lambda) {
    return IntStream.range(0, grid.lambdas().length)
        .filter(j -> coefficients.containsKey(new Position(exponent, j)))
        .boxed()
        .sorted(Comparator.comparingInt(j -> Math.abs(j - lambda)))
        .toList();
  }

  private static double[] rescaled(double[] u, double[] ratios) {
    double[] moved = new double[ratios.length];
    for (int j = 0; j < moved.length; j++) {
      moved[j] = u[j] / ratios[j];
    }
    return moved;
  }
}
