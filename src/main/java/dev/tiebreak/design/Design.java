package dev.tiebreak.design;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Effects;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Chooses the comparisons of a batch, and says afterwards what they were worth. */
public final class Design {

  private Design() {}

  /**
   * Chooses min(k, |C|) distinct candidates: first the random arm, uniformly, then the rest by the
   * strategy. The same problem gives the same selection, whatever the number of threads.
   *
   * <p>Where an information matrix is not numerically positive definite, the least ridge that makes
   * it so is added; where all scores are equal (as when all features are), the smallest candidate
   * indices are chosen. m = 0 is such a case, with every gain 0.
   *
   * <p>Cost: |C| m multiply-adds a scan of the candidates, and one scan or a few; memory O(n m)
   * beside the excluded pairs, never O(|C|) unless a candidate limit asks for a sample.
   *
   * <p>Sources: Shen, Sun, Ton, Active Reward Modeling, ICML 2025 (the published rules); Nemhauser,
   * Wolsey, Fisher 1978 (greedy); {@link Strategy} has each rule's formula.
   *
   * @return fewer than k pairs where there are fewer candidates, down to none
   */
  public static Selection select(DesignProblem problem, LinearAlgebra linearAlgebra) {
    return selectAmong(problem, null, linearAlgebra);
  }

  /**
   * Chooses as {@link #select}, but among listed pairs alone: of them those that the problem allows
   * are the candidates. For choices whose answers are known for some pairs only.
   *
   * @param given the problem
   * @param listed null: all pairs
   * @throws IllegalArgumentException where a listed row is none of the features
   */
  public static Selection selectAmong(
      DesignProblem given, @Nullable PairSet listed, LinearAlgebra linearAlgebra) {
    if (listed != null) {
      DesignProblem.requireRows("listed", listed, given.features().rows());
    }
    FisherWeights weights = weights(given, linearAlgebra);
    DesignProblem problem = given.adjusted();
    Uniform uniform = new Uniform(problem.seed());
    CandidateSet candidates = CandidateSet.of(problem, listed, uniform);
    int k = (int) Math.min(problem.batchSize(), candidates.count());
    int random = randomArmSize(problem.randomShare() * k, k, uniform);
    double share = k == 0 ? 0 : (double) k / candidates.count();

    Batch batch = new Batch(problem, weights, before(problem, weights, linearAlgebra));
    UniformDraws draws = new UniformDraws(candidates, uniform);
    long[] arm = draws.next(random);
    batch.add(arm, Arm.RANDOM, problem.randomShare() * share);
    if (random < k) {
      DesignState state =
          new DesignState(
              problem,
              linearAlgebra,
              candidates,
              draws,
              uniform,
              new CentredFeatures(problem),
              weights,
              batch.information(),
              PairSet.ofPacked(arm));
      boolean uniformly = problem.strategy() == Strategy.RANDOM;
      batch.add(
          problem.strategy().rule().choose(state, k - random),
          Arm.DESIGN,
          uniformly ? (1 - problem.randomShare()) * share : null);
    }
    return batch.selection(candidates.count());
  }

  /**
   * How near the design part of a selection is to the best possible: an upper bound on what any as
   * many candidates outside the random arm gain. Greedy's share is at least 1 − 1/e, and mostly
   * above 97 %.
   *
   * <p>Cost: a scan of all candidates, n m²/2 + O(m³) multiply-adds for each step. The bound falls
   * from step to step, ever more slowly; 10 to 30 are of use. It is valid to 1e-11 of the numbers
   * that it is made of.
   *
   * <p>Source: the Frank–Wolfe duality gap of the relaxation to weights in [0, 1]; Frank, Wolfe
   * 1956; Jaggi, ICML 2013.
   *
   * @param given the problem of which the selection was made
   * @param selection as {@link #select} returned it
   * @param steps at most, ≥ 0
   * @param goOn asked before each step; false ends with the least bound so far
   * @return null where H + Σ_pending v x xᵀ is not numerically positive definite
   */
  public static @Nullable Certificate certify(
      DesignProblem given,
      Selection selection,
      int steps,
      BooleanSupplier goOn,
      LinearAlgebra linearAlgebra) {
    if (steps < 0) {
      throw new IllegalArgumentException("steps " + steps + " < 0");
    }
    long[] design = packed(selection, Arm.DESIGN);
    if (design.length == 0 || given.features().columns() == 0) {
      return new Certificate(0, 0);
    }
    FisherWeights weights = weights(given, linearAlgebra);
    DesignProblem problem = given.adjusted();
    Uniform uniform = new Uniform(problem.seed());
    CandidateSet candidates = CandidateSet.of(problem, uniform);
    Matrix a = sumBefore(problem, weights, linearAlgebra);
    long[] arm = packed(selection, Arm.RANDOM);
    int[] first = Arrays.stream(arm).mapToInt(PairSet::first).toArray();
    int[] second = Arrays.stream(arm).mapToInt(PairSet::second).toArray();
    PairInformation.add(new Pairs(first, second), 1, problem.features(), weights, linearAlgebra, a);
    DesignState state =
        new DesignState(
            problem,
            linearAlgebra,
            candidates,
            new UniformDraws(candidates, uniform),
            uniform,
            new CentredFeatures(problem),
            weights,
            Information.of(a, linearAlgebra),
            PairSet.ofPacked(arm));
    return DualBound.of(state, a, design, steps, goOn);
  }

  private static long[] packed(Selection selection, Arm arm) {
    return selection.pairs().stream()
        .filter(pair -> pair.arm() == arm)
        .mapToLong(pair -> PairSet.pack(pair.a(), pair.b()))
        .toArray();
  }

  /** H + Σ_pending v x xᵀ. */
  private static Information before(
      DesignProblem problem, FisherWeights weights, LinearAlgebra linearAlgebra) {
    return Information.of(sumBefore(problem, weights, linearAlgebra), linearAlgebra);
  }

  private static Matrix sumBefore(
      DesignProblem problem, FisherWeights weights, LinearAlgebra linearAlgebra) {
    Matrix sum = problem.information().copy();
    PairInformation.add(problem.pending(), 1, problem.features(), weights, linearAlgebra, sum);
    return sum;
  }

  /**
   * The realised gain of an earlier batch, nats: log det H − log det(H − Σ v x xᵀ), what its
   * verdicts added to the information as the newest fit sees it.
   *
   * <p>Cost: N m² + 2 m³/3 multiply-adds.
   *
   * @param features n × m, as of the newest fit
   * @param coefficients the newest fit, m
   * @param information H at the newest fit, m × m, in which the verdicts are contained
   * @param judged the pair of each counted verdict of the batch, with repetition
   * @throws IllegalArgumentException where shapes or row numbers do not match
   * @return null where either matrix is not numerically positive definite: H does not contain the
   *     verdicts, or is all but singular without them
   */
  public static @Nullable Double realisedGain(
      Matrix features,
      double[] coefficients,
      Matrix information,
      Pairs judged,
      LinearAlgebra linearAlgebra) {
    int m = features.columns();
    if (coefficients.length != m || information.rows() != m || information.columns() != m) {
      throw new IllegalArgumentException(
          "features "
              + features.rows()
              + " × "
              + m
              + ", coefficients "
              + coefficients.length
              + ", information "
              + information.rows()
              + " × "
              + information.columns());
    }
    judged.requireRows(features.rows(), "judged");
    if (m == 0) {
      return 0.0;
    }
    Matrix without = information.copy();
    FisherWeights weights = FisherWeights.of(rewards(features, coefficients, linearAlgebra));
    PairInformation.add(judged, -1, features, weights, linearAlgebra, without);
    Cholesky now = linearAlgebra.cholesky(information);
    Cholesky before = linearAlgebra.cholesky(without);
    return now == null || before == null ? null : now.logDeterminant() - before.logDeterminant();
  }

  /** ⌊ρk⌋, plus one with probability frac(ρk); one number is drawn in any case. */
  static int randomArmSize(double expected, int most, Uniform uniform) {
    double whole = Math.floor(expected);
    int size = (int) whole + (uniform.unit() < expected - whole ? 1 : 0);
    return Math.min(size, most);
  }

  /** By rewards of the features as the fit has them, and the effects of the rows' prompts. */
  private static FisherWeights weights(DesignProblem problem, LinearAlgebra linearAlgebra) {
    double[] rewards = rewards(problem.features(), problem.coefficients(), linearAlgebra);
    Effects effects = problem.effects();
    if (effects != null) {
      double[] offsets = effects.offsets(problem.prompts());
      for (int i = 0; i < rewards.length; i++) {
        rewards[i] += offsets[i];
      }
    }
    return FisherWeights.of(rewards, problem.prompts(), effects, problem.pairing());
  }

  private static double[] rewards(
      Matrix features, double[] coefficients, LinearAlgebra linearAlgebra) {
    return coefficients.length == 0
        ? new double[features.rows()]
        : linearAlgebra.multiply(features, coefficients);
  }
}
