package dev.tiebreak.preference;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The grid point (exponent, λ) of the greatest Laplace evidence, rounded to 1e-9 nats; ties go to
 * the smaller exponent, then the greater λ.
 *
 * <p>The evidence is smooth in log λ: each exponent is scanned at every third λ, and from every
 * local maximum of the scan the fine grid is climbed. About 12 of 25 points an exponent are fitted,
 * each from its nearest neighbour's mode and the last Hessian. Tested to end at the same point as
 * the full grid.
 *
 * <p>Not thread-safe; one object a search.
 */
final class EvidenceSearch {

  private static final int COARSE = 3;
  private static final double ROUNDING = 1e9;

  /** A grid point, by index into the exponents and the precisions. */
  record Position(int exponent, int lambda) {}

  /** A fitted grid point. */
  record Candidate(Position position, Mode mode) {}

  private final PairCounts pairs;
  private final List<FeatureMap> maps;
  private final double[] lambdas;
  private final Differences widest;
  private final LinearAlgebra algebra;
  private final Map<Position, double[]> coefficients = new HashMap<>();
  private final Map<Position, Double> evidence = new HashMap<>();
  private Differences current;
  private int currentExponent;
  private final double @Nullable [] warmStart;
  private @Nullable Candidate last;
  private @Nullable Candidate best;

  /**
   * Prepares a search.
   *
   * @param maps one an exponent, ascending: the first has the most components
   * @param lambdas ascending
   * @param widest the differences under the first map
   * @param warmStart coefficients under the first map, or null
   */
  EvidenceSearch(
      PairCounts pairs,
      List<FeatureMap> maps,
      double[] lambdas,
      Differences widest,
      double @Nullable [] warmStart,
      LinearAlgebra algebra) {
    this.pairs = pairs;
    this.maps = maps;
    this.lambdas = lambdas;
    this.widest = widest;
    this.current = widest;
    this.warmStart = warmStart;
    this.algebra = algebra;
  }

  /** Scans coarsely and climbs. */
  Candidate coarseToFine() {
    for (int exponent = 0; exponent < maps.size(); exponent++) {
      for (int j = lambdas.length - 1; j > 0; j -= COARSE) {
        evaluate(new Position(exponent, j));
      }
      evaluate(new Position(exponent, 0));
      climbFromLocalMaxima(exponent);
    }
    return best();
  }

  /** Fits every grid point: what {@link #coarseToFine} must agree with. */
  Candidate everywhere() {
    for (int exponent = 0; exponent < maps.size(); exponent++) {
      for (int j = lambdas.length - 1; j >= 0; j--) {
        evaluate(new Position(exponent, j));
      }
    }
    return best();
  }

  /** The number of grid points that were fitted. */
  int evaluations() {
    return evidence.size();
  }

  private Candidate best() {
    if (best == null) {
      throw new IllegalArgumentException(
          "a grid of " + maps.size() + " × " + lambdas.length + " has no point");
    }
    return best;
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
    Double known = evidence.get(position);
    return known == null ? evaluate(position) : known;
  }

  private double evaluate(Position position) {
    Candidate candidate = fit(position);
    double value = Math.rint(candidate.mode.logEvidence() * ROUNDING);
    evidence.put(position, value);
    coefficients.put(position, candidate.mode.coefficients());
    last = candidate;
    if (best == null || preferred(position, best.position)) {
      best = candidate;
    }
    return value;
  }

  private Candidate fit(Position position) {
    if (position.exponent != currentExponent) {
      current = position.exponent == 0 ? widest : widest.scaled(ratios(0, position.exponent));
      currentExponent = position.exponent;
    }
    Objective objective = new Objective(current, pairs, lambdas[position.lambda]);
    Mode mode = new ModeSearch(algebra).find(objective, start(position), preconditioner(position));
    return new Candidate(position, mode);
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
    int from = last.position.exponent;
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

  /** The last information, moved to the scales and the λ of this point, factored. */
  private @Nullable Cholesky preconditioner(Position position) {
    if (last == null || last.mode.jitter() > 0) {
      return null;
    }
    double[] ratios = ratios(last.position.exponent, position.exponent);
    Matrix from = last.mode.information();
    double lastLambda = lambdas[last.position.lambda];
    int m = ratios.length;
    Matrix moved = Matrix.zeros(m, m);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        double data = from.get(i, j) - (i == j ? lastLambda : 0);
        moved.values()[i * m + j] = data * ratios[i] * ratios[j];
      }
      moved.values()[i * m + i] += lambdas[position.lambda];
    }
    return algebra.cholesky(moved);
  }

  /** S of one exponent over S of another before it, on the components of the former. */
  private double[] ratios(int from, int to) {
    if (from == to) {
      double[] ones = new double[current.columns()];
      Arrays.fill(ones, 1);
      return ones;
    }
    double[] ratios = new double[maps.get(to).components()];
    double[] numerator = maps.get(to).scales();
    double[] denominator = maps.get(from).scales();
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
