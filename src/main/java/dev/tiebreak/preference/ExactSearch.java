package dev.tiebreak.preference;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.GridClimb.Position;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The grid point of the greatest Laplace evidence by the rule of {@link EvidenceSearch}, every
 * point that {@link GridClimb} visits fitted to full accuracy: where verdicts are few an estimate
 * is too crude, and a fit cheap. Where the components of an exponent are more than the pairs, it is
 * made in N dimensions ({@link DualMode}).
 *
 * <p>Not thread-safe; one object a search.
 */
final class ExactSearch {

  /**
   * What is known of a grid point: evidence plus log hyperprior, and its coefficients u, or α where
   * it was fitted by pairs.
   */
  private record Known(double evidence, double[] coefficients) {}

  private final PairCounts pairs;
  private final HyperparameterGrid grid;
  private final Differences widest;
  private final double @Nullable [] warmStart;
  private final LinearAlgebra algebra;
  private final GridClimb climb;
  private final Map<Position, Known> known = new HashMap<>();
  private int currentExponent = -1;
  private Differences current;
  private @Nullable DualMode dual;
  private @Nullable Matrix byColumn;

  /**
   * Prepares a search.
   *
   * @param widest the differences under the first exponent
   * @param warmStart coefficients under the first exponent, or null
   */
  ExactSearch(
      PairCounts pairs,
      HyperparameterGrid grid,
      Differences widest,
      double @Nullable [] warmStart,
      LinearAlgebra algebra) {
    this.pairs = pairs;
    this.grid = grid;
    this.widest = widest;
    this.current = widest;
    this.warmStart = warmStart;
    this.algebra = algebra;
    this.climb = new GridClimb(grid.lambdas().length, this::evidence);
  }

  /** Scans, climbs, and fits the greatest in all its components. */
  EvidenceSearch.Candidate greatest() {
    for (int exponent = 0; exponent < grid.scales().size(); exponent++) {
      climb.exponent(exponent);
    }
    Position best = known.keySet().stream().reduce(this::better).orElseThrow();
    enter(best.exponent());
    double lambda = grid.lambda(best);
    Objective objective = new Objective(current, pairs, lambda);
    return new EvidenceSearch.Candidate(
        best, new ModeSearch(algebra).find(objective, coefficients(best, lambda), null));
  }

  private Position better(Position left, Position right) {
    return climb.preferred(right, left) ? right : left;
  }

  private double evidence(Position at) {
    Known there = known.get(at);
    if (there == null) {
      there = fit(at);
      known.put(at, there);
    }
    return there.evidence;
  }

  private Known fit(Position at) {
    enter(at.exponent());
    double lambda = grid.lambda(at);
    if (dual != null) {
      DualMode.Found found = dual.find(alpha(at, lambda), lambda);
      return known(at, found.logEvidence(), found.alpha());
    }
    Objective objective = new Objective(current, pairs, lambda);
    Mode mode = new ModeSearch(algebra).find(objective, start(at), null);
    return known(at, mode.logEvidence(), mode.coefficients());
  }

  private Known known(Position at, double logEvidence, double[] coefficients) {
    return new Known(EvidenceSearch.rounded(logEvidence + grid.logDensity(at)), coefficients);
  }

  private void enter(int exponent) {
    if (exponent == currentExponent) {
      return;
    }
    currentExponent = exponent;
    double[] ratios = grid.ratios(0, exponent);
    int components = exponent == 0 ? widest.columns() : ratios.length;
    dual = pairs.size() < components ? new DualMode(products(ratios), pairs, algebra) : null;
    current = exponent == 0 ? widest : widest.scaled(ratios);
  }

  /** K = X Xᵀ, N × N. */
  private Matrix products(double[] ratios) {
    if (byColumn == null) {
      byColumn = widest.rows().transposed();
    }
    double[] weights = new double[widest.columns()];
    for (int j = 0; j < weights.length; j++) {
      double ratio = ratios.length == 0 ? 1 : j < ratios.length ? ratios[j] : 0;
      weights[j] = ratio * ratio;
    }
    Matrix products = Matrix.zeros(pairs.size(), pairs.size());
    algebra.addWeightedGram(byColumn, weights, products);
    return products;
  }

  /** The u of the nearest λ of this exponent. */
  private double @Nullable [] start(Position at) {
    Position near = nearest(at);
    return near != null ? known(near).coefficients : at.exponent() == 0 ? warmStart : null;
  }

  /** The α that has the u of the nearest λ of this exponent. */
  private double[] alpha(Position at, double lambda) {
    double[] alpha = new double[pairs.size()];
    Position near = nearest(at);
    if (near != null) {
      double ratio = lambda / grid.lambda(near);
      Arrays.setAll(alpha, i -> ratio * known(near).coefficients[i]);
    } else if (warmStart != null && at.exponent() == 0) {
      pairs.logLikelihood(widest.logits(warmStart), alpha);
      Arrays.setAll(alpha, i -> -alpha[i]);
    }
    return alpha;
  }

  private @Nullable Position nearest(Position at) {
    for (int j = 1; j < grid.lambdas().length; j++) {
      for (int lambda : new int[] {at.lambda() + j, at.lambda() - j}) {
        Position near = new Position(at.exponent(), lambda);
        if (known.containsKey(near)) {
          return near;
        }
      }
    }
    return null;
  }

  private Known known(Position at) {
    return Objects.requireNonNull(known.get(at));
  }

  private double[] coefficients(Position at, double lambda) {
    double[] found = known(at).coefficients;
    if (dual == null) {
      return found;
    }
    double[] u = current.combine(found);
    for (int j = 0; j < u.length; j++) {
      u[j] /= lambda;
    }
    return u;
  }
}
