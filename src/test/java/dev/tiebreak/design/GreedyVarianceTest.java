package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code I_OPTIMAL} and {@code EPIG} against their definitions, pair by pair. */
@NullMarked
final class GreedyVarianceTest {

  @ParameterizedTest
  @EnumSource(Pairing.class)
  void picksAsBruteForceDoesBesideWhatIsPendingAndDrawnAtRandom(Pairing pairing) {
    for (int seed = 0; seed < 12; seed++) {
      ProblemBuilder problem =
          ProblemBuilder.random(24, 1 + seed % 7, 4, seed)
              .strategy(seed % 2 == 0 ? Strategy.I_OPTIMAL : Strategy.EPIG)
              .pairing(pairing)
              .pending(0, 1, 0, 1, 5, 9, 22, 3)
              .excluded(0, 1, 4, 5, 9, 5, 3, 22)
              .batchSize(18)
              .randomShare(0.2)
              .seed(seed);
      List<Long> picks = packed(problem.select());
      int arm = (int) problem.select().pairs().stream().filter(p -> p.arm() == Arm.RANDOM).count();
      assertThat(arm).isBetween(3, 4);
      assertThat(picks.subList(arm, picks.size()))
          .isEqualTo(
              BruteForce.greedyVariance(problem, target(problem), picks.subList(0, arm), 18 - arm));
    }
  }

  @ParameterizedTest
  @EnumSource(Pairing.class)
  void picksTheSameHoweverFewCandidatesAreHeld(Pairing pairing) {
    for (double steepness : new double[] {0.2, 4}) {
      ProblemBuilder problem = ProblemBuilder.random(300, 6, 30, 11).pairing(pairing);
      problem.coefficients = Arrays.stream(problem.coefficients).map(w -> steepness * w).toArray();
      Matrix target = PredictionTarget.ofDifferences(problem.state());
      long[] expected = unboxed(BruteForce.greedyVariance(problem, target, List.of(), 25));
      for (int held : new int[] {1, 50, 3000, 1 << 17}) {
        assertThat(GreedyVariance.choose(problem.state(), target, 25, held))
            .as("%d held", held)
            .containsExactly(expected);
      }
    }
  }

  @Test
  void followsGainsThatRise() {
    // a target of one direction, nearly hidden: what discloses it gains once its neighbour is known
    ProblemBuilder problem = ProblemBuilder.random(200, 5, 10, 3).pairing(Pairing.ANY);
    problem.information = Matrix.scaledIdentity(5, 1e-3);
    Random random = new Random(7);
    for (int trial = 0; trial < 10; trial++) {
      double[] direction = random.doubles(5, -1, 1).toArray();
      Matrix target = Matrix.zeros(5, 5);
      ProblemBuilder.LINEAR_ALGEBRA.addWeightedGram(
          new Matrix(1, 5, direction), new double[] {1}, target);
      List<Long> expected = BruteForce.greedyVariance(problem, target, List.of(), 30);
      assertThat(GreedyVariance.choose(problem.state(), target, 30, 40))
          .containsExactly(unboxed(expected));
    }
  }

  @Test
  void picksFromASampleAsFromAList() {
    for (Pairing pairing : Pairing.values()) {
      ProblemBuilder problem =
          ProblemBuilder.random(150, 5, 15, 2)
              .pairing(pairing)
              .strategy(Strategy.I_OPTIMAL)
              .candidateLimit(600)
              .batchSize(20);
      DesignState state = problem.state();
      List<Long> sample =
          LongStream.range(0, 600).mapToObj(i -> state.candidates().pairAt(i)).toList();
      List<Long> others = new ArrayList<>(BruteForce.candidates(problem));
      others.removeAll(new HashSet<>(sample));
      List<Long> picks = packed(problem.select());
      problem.excluded = PairSet.ofPacked(unboxed(others));
      assertThat(picks)
          .isEqualTo(BruteForce.greedyVariance(problem, target(problem), List.of(), 20));
    }
  }

  @Test
  void breaksTiesBetweenDuplicatesByTheSmallerIndex() {
    ProblemBuilder problem = ProblemBuilder.random(8, 3, 8, 5);
    double[] doubled = new double[16 * 3];
    for (int i = 0; i < 16; i++) {
      System.arraycopy(problem.features.values(), i / 2 * 3, doubled, i * 3, 3);
    }
    var twice =
        new ProblemBuilder(new Matrix(16, 3, doubled), new int[16], problem.coefficients, 0.5);
    twice.strategy(Strategy.I_OPTIMAL).batchSize(60);
    assertThat(packed(twice.select()))
        .isEqualTo(BruteForce.greedyVariance(twice, target(twice), List.of(), 60));
    assertThat(GreedyVariance.choose(twice.state(), target(twice), 60, 3))
        .containsExactly(unboxed(BruteForce.greedyVariance(twice, target(twice), List.of(), 60)));
  }

  @Test
  void staysAccurateOverAThousandPicksOfAWeakPrior() {
    ProblemBuilder problem =
        ProblemBuilder.random(47, 12, 47, 21).strategy(Strategy.I_OPTIMAL).batchSize(1000);
    problem.information = Matrix.scaledIdentity(12, 1e-6);
    assertThat(packed(problem.select()))
        .isEqualTo(BruteForce.greedyVariance(problem, target(problem), List.of(), 1000));
  }

  @Test
  void takesTheSmallestIndicesWhereNothingIsToBePredicted() {
    // the responses to a prompt are equal, those to different prompts are not
    ProblemBuilder problem = ProblemBuilder.random(12, 3, 3, 9).batchSize(10);
    for (int i = 0; i < 12; i++) {
      System.arraycopy(problem.features.values(), i / 3 * 9, problem.features.values(), i * 3, 3);
    }
    for (Strategy strategy : List.of(Strategy.I_OPTIMAL, Strategy.EPIG)) {
      assertThat(packed(problem.strategy(strategy).select()))
          .isEqualTo(BruteForce.candidates(problem).subList(0, 10));
    }
  }

  @Test
  void targetsTheMeanOverInPromptPairsOrOverAllWherePromptsHaveOneResponse() {
    ProblemBuilder mixed = ProblemBuilder.random(700, 5, 1, 13);
    for (int i = 0; i < 700; i++) {
      mixed.prompts[i] = i < 300 ? 0 : i < 420 ? i / 3 : i;
    }
    for (ProblemBuilder problem : List.of(mixed, ProblemBuilder.random(40, 5, 1, 13))) {
      assertClose(
          PredictionTarget.ofDifferences(problem.state()), BruteForce.target(problem, false));
      assertClose(
          PredictionTarget.ofProbabilities(problem.state()), BruteForce.target(problem, true));
    }
    ProblemBuilder one = ProblemBuilder.random(1, 2, 1, 1);
    assertThat(PredictionTarget.ofDifferences(one.state()).values()).containsOnly(0);
    assertThat(PredictionTarget.ofProbabilities(one.state()).values()).containsOnly(0);
  }

  @Test
  void rootsAMatrixOfAnyRank() {
    for (int rank : new int[] {0, 1, 3, 8}) {
      Matrix target = Matrix.zeros(8, 8);
      Matrix rows = ProblemBuilder.random(rank, 8, 1, rank).features;
      double[] weights = new double[rank];
      Arrays.fill(weights, 1e12);
      ProblemBuilder.LINEAR_ALGEBRA.addWeightedGram(rows, weights, target);
      Matrix root = PivotedCholesky.rootRows(target);
      assertThat(root.rows()).isEqualTo(rank);
      Matrix product = Matrix.zeros(8, 8);
      double[] ones = new double[rank];
      Arrays.fill(ones, 1);
      ProblemBuilder.LINEAR_ALGEBRA.addWeightedGram(root, ones, product);
      assertThat(product.values()).containsExactly(target.values(), within(1e-1));
    }
  }

  private static void assertClose(Matrix actual, Matrix expected) {
    assertThat(actual.values()).containsExactly(expected.values(), within(1e-12));
  }

  private static Matrix target(ProblemBuilder problem) {
    return BruteForce.target(problem, problem.strategy == Strategy.EPIG);
  }

  private static long[] unboxed(List<Long> pairs) {
    return pairs.stream().mapToLong(pair -> pair).toArray();
  }

  private static List<Long> packed(Selection selection) {
    return selection.pairs().stream().map(pair -> PairSet.pack(pair.a(), pair.b())).toList();
  }
}
