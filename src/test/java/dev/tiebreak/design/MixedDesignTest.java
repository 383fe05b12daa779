package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.ComparisonModel;
import dev.tiebreak.preference.Effects;
import dev.tiebreak.preference.TieModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Selection where the fit has effects of prompts and ties, against formulas written out. */
final class MixedDesignTest {

  private static final double TAU = 0.8;
  private static final int PROMPTS = 20;

  /** Enough for the scans by products of blocks of rows. */
  private static final int ROWS = 12 * PROMPTS;

  private final LinearAlgebra algebra = ProblemBuilder.LINEAR_ALGEBRA;

  @ParameterizedTest
  @CsvSource({"0, ANY", "0.5, ANY", "9, ANY", "0, CROSS_PROMPT", "9, IN_PROMPT"})
  void greedyPicksAreThoseOfBruteForce(double nu, Pairing pairing) {
    DesignProblem problem = problem(nu, pairing, Strategy.GREEDY_D_OPTIMAL);
    Reference reference = new Reference(problem);
    Matrix a = problem.information().copy();
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      Cholesky factor = Objects.requireNonNull(algebra.cholesky(a));
      expected.add(reference.best(expected, pair -> reference.form(factor, pair)));
      reference.add(a, expected.getLast());
    }
    assertThat(picks(problem)).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, ANY",
    "0.5, ANY",
    "9, ANY",
    "0, CROSS_PROMPT",
    "0.5, CROSS_PROMPT",
    "0, IN_PROMPT"
  })
  void varianceReducingPicksAreThoseOfBruteForce(double nu, Pairing pairing) {
    DesignProblem problem = problem(nu, pairing, Strategy.I_OPTIMAL);
    Reference reference = new Reference(problem);
    Matrix target = reference.target();
    Matrix a = problem.information().copy();
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      Cholesky factor = Objects.requireNonNull(algebra.cholesky(a));
      expected.add(
          reference.best(
              expected,
              pair -> {
                double[] solved = factor.solve(reference.x(pair));
                double t = dot(solved, algebra.multiply(target, solved));
                double w = reference.weight(pair);
                return w * t / (1 + reference.form(factor, pair));
              }));
      reference.add(a, expected.getLast());
    }
    assertThat(picks(problem)).containsExactlyElementsOf(expected);
  }

  @Test
  void publishedRulesSumTheSameWeights() {
    DesignProblem problem = problem(0.5, Pairing.ANY, Strategy.D_OPTIMAL);
    Reference reference = new Reference(problem);
    Matrix a = Matrix.scaledIdentity(4, CandidateInformation.EPSILON);
    reference.pairs().forEach(pair -> reference.add(a, pair));
    Cholesky factor = Objects.requireNonNull(algebra.cholesky(a));
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      expected.add(reference.best(expected, pair -> reference.form(factor, pair)));
    }
    assertThat(picks(problem)).containsExactlyElementsOf(expected);
  }

  @Test
  void theProbabilityContainsTheEffectsOfThePrompts() {
    DesignProblem problem = problem(0, Pairing.CROSS_PROMPT, Strategy.RANDOM);
    double[] rewards = new Reference(problem).rewards;
    for (SelectedPair pair : Design.select(problem, algebra).pairs()) {
      double t = rewards[pair.a()] - rewards[pair.b()];
      assertThat(pair.p()).isCloseTo(1 / (1 + Math.exp(-t)), within(1e-12));
    }
  }

  private List<Long> picks(DesignProblem problem) {
    return Design.select(problem, algebra).pairs().stream()
        .map(pair -> PairSet.pack(pair.a(), pair.b()))
        .toList();
  }

  /** Every third prompt was never compared. */
  private static DesignProblem problem(double nu, Pairing pairing, Strategy strategy) {
    Random random = new Random(31);
    int[] touched = IntStream.range(0, PROMPTS).filter(p -> p % 3 > 0).toArray();
    int size = touched.length;
    Matrix root = random(random, size, size, 0.3);
    Matrix covariance = Matrix.scaledIdentity(size, 0.1);
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    ProblemBuilder.LINEAR_ALGEBRA.addWeightedGram(root, ones, covariance);
    Effects effects =
        new Effects(
            new ComparisonModel(nu > 0 ? TieModel.DAVIDSON : TieModel.HALF, TAU, 0.0),
            touched,
            random.doubles(size, -1, 1).toArray(),
            covariance,
            random(random, size, 4, 0.2),
            new int[0],
            new double[0],
            new double[0],
            nu,
            0.1);
    ProblemBuilder builder =
        ProblemBuilder.random(ROWS, 4, ROWS / PROMPTS, 32)
            .pairing(pairing)
            .strategy(strategy)
            .batchSize(25);
    for (int j = 0; j < 4; j++) {
      builder.coefficients[j] *= 3;
    }
    return builder.build(effects);
  }

  private static Matrix random(Random random, int rows, int columns, double size) {
    return new Matrix(rows, columns, random.doubles((long) rows * columns, -size, size).toArray());
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += x[j] * y[j];
    }
    return sum;
  }

  private interface Score {
    double of(long pair);
  }

  /** The weights and features by their definitions. */
  private static final class Reference {

    private final DesignProblem problem;
    private final Effects effects;
    private final double[] rewards;
    private final Matrix k;

    Reference(DesignProblem problem) {
      this.problem = problem;
      this.effects = Objects.requireNonNull(problem.effects());
      this.rewards = new double[problem.features().rows()];
      this.k = Matrix.scaledIdentity(PROMPTS, TAU * TAU);
      for (int i = 0; i < effects.prompts().length; i++) {
        for (int j = 0; j < effects.prompts().length; j++) {
          k.values()[effects.prompts()[i] * PROMPTS + effects.prompts()[j]] =
              effects.promptCovariance().get(i, j);
        }
      }
      for (int i = 0; i < rewards.length; i++) {
        rewards[i] = dot(problem.coefficients(), row(i));
        int place = Arrays.binarySearch(effects.prompts(), problem.prompts()[i]);
        rewards[i] += place < 0 ? 0 : effects.promptEffects()[place];
      }
    }

    private double[] row(int i) {
      return Arrays.copyOfRange(problem.features().values(), 4 * i, 4 * i + 4);
    }

    double[] x(long pair) {
      double[] x = adjusted(PairSet.first(pair));
      double[] other = adjusted(PairSet.second(pair));
      for (int j = 0; j < 4; j++) {
        x[j] -= other[j];
      }
      return x;
    }

    private double[] adjusted(int i) {
      double[] z = row(i);
      int place = Arrays.binarySearch(effects.prompts(), problem.prompts()[i]);
      for (int j = 0; j < 4 && place >= 0; j++) {
        z[j] -= effects.promptCoupling().get(place, j);
      }
      return z;
    }

    double weight(long pair) {
      int p = problem.prompts()[PairSet.first(pair)];
      int q = problem.prompts()[PairSet.second(pair)];
      double t = rewards[PairSet.first(pair)] - rewards[PairSet.second(pair)];
      double z = Math.exp(t / 2) + Math.exp(-t / 2) + effects.tieParameter();
      double a = Math.exp(t / 2) / z;
      double b = Math.exp(-t / 2) / z;
      double v = (a + b - (a - b) * (a - b)) / 4;
      double kappa = p == q ? 0 : k.get(p, p) + k.get(q, q) - 2 * k.get(p, q);
      return v / (1 + v * kappa);
    }

    /** ω xᵀA⁻¹x. */
    double form(Cholesky factor, long pair) {
      return weight(pair) * dot(x(pair), factor.solve(x(pair)));
    }

    void add(Matrix a, long pair) {
      double[] x = x(pair);
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          a.values()[4 * i + j] += weight(pair) * x[i] * x[j];
        }
      }
    }

    Matrix target() {
      Matrix target = Matrix.zeros(4, 4);
      for (long pair : pairs(Pairing.IN_PROMPT)) {
        double[] x = x(pair);
        for (int i = 0; i < 16; i++) {
          target.values()[i] += x[i / 4] * x[i % 4];
        }
      }
      return target;
    }

    List<Long> pairs() {
      return pairs(problem.pairing());
    }

    private List<Long> pairs(Pairing pairing) {
      List<Long> pairs = new ArrayList<>();
      int[] prompts = problem.prompts();
      for (int a = 0; a < prompts.length; a++) {
        for (int b = a + 1; b < prompts.length; b++) {
          boolean same = prompts[a] == prompts[b];
          if (pairing == Pairing.ANY || same == (pairing == Pairing.IN_PROMPT)) {
            pairs.add(PairSet.pack(a, b));
          }
        }
      }
      return pairs;
    }

    long best(List<Long> taken, Score score) {
      long best = -1;
      double most = -1;
      for (long pair : pairs()) {
        double value = taken.contains(pair) ? -1 : score.of(pair);
        if (value > most) {
          most = value;
          best = pair;
        }
      }
      return best;
    }
  }
}
