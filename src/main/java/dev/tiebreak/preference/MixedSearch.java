package dev.tiebreak.preference;

import dev.tiebreak.linalg.LinearAlgebra;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The grid point (a, λ, τ, ρ) of the greatest Laplace evidence, weighed by the hyperprior, by
 * coordinates: from the best point without effects τ and λ and a climb to their neighbours and all
 * ρ are tried, until none of it finds better. What is found is the greatest of its ρ, of its two
 * neighbours in τ and of its eight in (a, λ). Evidence is rounded to 1e-9 nats; ties go to the
 * smaller τ, ρ and a and the greater λ. Some 30 grid points are fitted, each from the best so far.
 *
 * <p>Not thread-safe; one object a search.
 */
final class MixedSearch {

  /** A grid point, by index into exponents, precisions and both kinds of deviations. */
  record Position(int exponent, int lambda, int prompt, int annotator) {

    Position withPrompt(int index) {
      return new Position(exponent, lambda, index, annotator);
    }

    Position withAnnotator(int index) {
      return new Position(exponent, lambda, prompt, index);
    }

    Position withLambda(int index) {
      return new Position(exponent, index, prompt, annotator);
    }

    Position withExponent(int index) {
      return new Position(index, lambda, prompt, annotator);
    }
  }

  /**
   * A fitted grid point.
   *
   * @param value evidence and log density of the hyperprior, nats, to 1e-9
   */
  record Candidate(Position position, MixedMode mode, double value) {}

  /**
   * The grid, each axis ascending.
   *
   * @param priors exponents and precisions
   * @param promptLogDensities of the hyperprior at each τ, nats, but for a constant
   */
  record Axes(
      HyperparameterGrid priors,
      double[] promptDeviations,
      double[] promptLogDensities,
      double[] annotatorDeviations) {

    /** The log hyperprior, nats, but for a constant. */
    double logDensity(Position at) {
      return priors.logDensity(new GridClimb.Position(at.exponent, at.lambda))
          + promptLogDensities[at.prompt];
    }
  }

  private final GroupedVerdicts verdicts;
  private final TieModel ties;
  private final Axes axes;
  private final LinearAlgebra algebra;
  private final Differences widest;
  private final Map<Integer, Differences> differences = new HashMap<>();
  private final Set<Position> known = new HashSet<>();
  private Candidate best;

  /**
   * Prepares a search.
   *
   * @param widest the differences under the first exponent
   * @param first where to begin
   * @param coefficients u there, or near
   */
  MixedSearch(
      GroupedVerdicts verdicts,
      TieModel ties,
      Axes axes,
      Differences widest,
      Position first,
      double[] coefficients,
      LinearAlgebra algebra) {
    this.verdicts = verdicts;
    this.ties = ties;
    this.axes = axes;
    this.algebra = algebra;
    this.widest = widest;
    EffectLayout layout = layout(first);
    this.best = fit(first, coefficients, new double[layout.size()], layout);
  }

  /** Climbs. */
  Candidate greatest() {
    for (Position before = null; !best.position.equals(before); ) {
      before = best.position;
      for (int j = 0; j < axes.annotatorDeviations.length; j++) {
        consider(best.position.withAnnotator(j));
      }
      climb();
    }
    return best;
  }

  private void climb() {
    for (Position from = null; !best.position.equals(from); ) {
      from = best.position;
      consider(from.withPrompt(from.prompt + 1));
      consider(from.withPrompt(from.prompt - 1));
      consider(from.withLambda(from.lambda + 1));
      consider(from.withLambda(from.lambda - 1));
    }
    Position from = best.position;
    for (int step = -1; step <= 1; step += 2) {
      for (int lambda = from.lambda - 1; lambda <= from.lambda + 1; lambda++) {
        consider(from.withExponent(from.exponent + step).withLambda(lambda));
      }
    }
  }

  private void consider(Position at) {
    if (known.contains(at)
        || at.prompt < 0
        || at.prompt == axes.promptDeviations.length
        || at.lambda < 0
        || at.lambda == axes.priors.lambdas().length
        || at.exponent < 0
        || at.exponent == axes.priors.scales().size()) {
      return;
    }
    Candidate found = fit(at, moved(best, at.exponent), best.mode.effects(), best.mode.layout());
    if (preferred(found, best)) {
      best = found;
    }
  }

  private static boolean preferred(Candidate left, Candidate right) {
    if (left.value != right.value) {
      return left.value > right.value;
    }
    Position a = left.position;
    Position b = right.position;
    if (a.prompt != b.prompt || a.annotator != b.annotator) {
      return a.prompt != b.prompt ? a.prompt < b.prompt : a.annotator < b.annotator;
    }
    return a.exponent != b.exponent ? a.exponent < b.exponent : a.lambda > b.lambda;
  }

  /** Fits a grid point. */
  private Candidate fit(Position at, double[] u, double[] effects, EffectLayout from) {
    MixedMode mode = find(at, u, layout(at).moved(effects, from));
    known.add(at);
    double value = mode.mode().logEvidence() + axes.logDensity(at);
    return new Candidate(at, mode, EvidenceSearch.rounded(value));
  }

  private MixedMode find(Position at, double[] u, double[] phi) {
    EffectLayout layout = layout(at);
    Differences x = differences(at.exponent);
    double lambda = axes.priors.lambdas()[at.lambda];
    if (layout.size() == 0) {
      Objective objective = new Objective(x, verdicts.pairs(), lambda);
      return new MixedMode(new ModeSearch(algebra).find(objective, u, null), layout, phi, null);
    }
    double[] precisions =
        layout.precisions(axes.promptDeviations[at.prompt], axes.annotatorDeviations[at.annotator]);
    return new MixedModeSearch(algebra)
        .find(new MixedObjective(x, verdicts, layout, lambda, precisions), u, phi);
  }

  private EffectLayout layout(Position at) {
    return EffectLayout.of(
        verdicts, ties, axes.promptDeviations[at.prompt], axes.annotatorDeviations[at.annotator]);
  }

  private Differences differences(int exponent) {
    return exponent == 0
        ? widest
        : differences.computeIfAbsent(exponent, e -> widest.scaled(axes.priors.ratios(0, e)));
  }

  /**
   * The coefficients that give the same rewards under another exponent, but for what that lacks.
   */
  private double[] moved(Candidate from, int exponent) {
    double[] u = from.mode.mode().coefficients();
    if (exponent == from.position.exponent) {
      return u;
    }
    double[] to = axes.priors.scales().get(exponent);
    double[] moved = new double[to.length];
    for (int j = 0; j < Math.min(u.length, to.length); j++) {
      moved[j] = u[j] * axes.priors.scales().get(from.position.exponent)[j] / to[j];
    }
    return moved;
  }
}
