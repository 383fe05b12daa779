package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NullMarked
final class GreedyDOptimalTest {

  @ParameterizedTest
  @EnumSource(Pairing.class)
  void picksAsBruteForceDoesBesideWhatIsPendingAndDrawnAtRandom(Pairing pairing) {
    for (int seed = 0; seed < 12; seed++) {
      ProblemBuilder problem =
          ProblemBuilder.random(24, 1 + seed % 7, 4, seed)
              .pairing(pairing)
              .pending(0, 1, 0, 1, 5, 9, 22, 3)
              .excluded(0, 1, 4, 5, 9, 5, 3, 22)
              .batchSize(18)
              .randomShare(0.2)
              .seed(seed);
      List<Long> picks = packed(problem.select());
      long arm = problem.select().pairs().stream().filter(pair -> pair.arm() == Arm.RANDOM).count();
      assertThat(arm).isBetween(3L, 4L);
      List<Long> drawn = picks.subList(0, (int) arm);
      assertThat(picks.subList((int) arm, picks.size()))
          .isEqualTo(BruteForce.greedy(problem, drawn, 18 - (int) arm));
    }
  }

  @ParameterizedTest
  @EnumSource(Pairing.class)
  void picksTheSameWhateverTheSizeOfThePool(Pairing pairing) {
    ProblemBuilder problem = ProblemBuilder.random(60, 6, 5, 11).pairing(pairing);
    List<Long> expected = BruteForce.greedy(problem, List.of(), 30);
    for (int capacity : new int[] {1, 2, 7, 40, 100_000}) {
      for (int load : new int[] {1, 5, 100_000}) {
        assertThat(new GreedyDOptimal(capacity, load).choose(problem.state(), 30))
            .as("pool of %d and %d", capacity, load)
            .containsExactly(expected.stream().mapToLong(pair -> pair).toArray());
      }
    }
  }

  @Test
  void picksFromASampleAsFromAList() {
    ProblemBuilder problem = ProblemBuilder.random(40, 5, 4, 2).candidateLimit(90).batchSize(20);
    DesignState state = problem.state();
    List<Long> sample =
        LongStream.range(0, 90).mapToObj(i -> state.candidates().pairAt(i)).toList();
    List<Long> others = BruteForce.candidates(problem);
    others.removeAll(sample);
    List<Long> picks = packed(problem.select());
    problem.excluded = PairSet.ofPacked(others.stream().mapToLong(pair -> pair).toArray());
    assertThat(picks).isEqualTo(BruteForce.greedy(problem, List.of(), 20));
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
    for (Pairing pairing : new Pairing[] {Pairing.ANY, Pairing.IN_PROMPT}) {
      twice.pairing(pairing).batchSize(60);
      assertThat(packed(twice.select())).isEqualTo(BruteForce.greedy(twice, List.of(), 60));
    }
    assertThat(new GreedyDOptimal(3, 2).choose(twice.state(), 60))
        .containsExactly(
            BruteForce.greedy(twice, List.of(), 60).stream().mapToLong(pair -> pair).toArray());
  }

  @Test
  void breaksTiesOfSymmetricalFeaturesByTheSmallerIndex() {
    Matrix unit = Matrix.scaledIdentity(7, 1);
    var problem = new ProblemBuilder(unit, new int[7], new double[7], 0.3).batchSize(21);
    assertThat(packed(problem.select())).isEqualTo(BruteForce.greedy(problem, List.of(), 21));
  }

  @Test
  void staysAccurateOverAThousandPicksOfAWeakPrior() {
    ProblemBuilder problem = ProblemBuilder.random(47, 12, 47, 21).batchSize(1000);
    problem.information = Matrix.scaledIdentity(12, 1e-6);
    Selection selection = problem.select();
    Matrix a = BruteForce.before(problem);
    double last = BruteForce.logDeterminant(a);
    for (SelectedPair pair : selection.pairs()) {
      long packed = PairSet.pack(pair.a(), pair.b());
      BruteForce.add(problem, a, packed, BruteForce.v(problem, packed));
      double now = BruteForce.logDeterminant(a);
      assertThat(pair.gain()).isCloseTo(now - last, within(1e-9));
      last = now;
    }
    assertThat(selection.diagnostics().logDetAfter()).isCloseTo(last, within(1e-9));
    assertThat(new HashSet<>(packed(selection))).hasSize(1000);
    List<Long> expected = BruteForce.greedy(problem, List.of(), 1000);
    assertThat(packed(selection)).isEqualTo(expected);
    // pools that are refilled from lowered bounds, and from scans, many times
    for (int capacity : new int[] {60, 2000}) {
      assertThat(new GreedyDOptimal(capacity, 9).choose(problem.state(), 1000))
          .containsExactly(expected.stream().mapToLong(pair -> pair).toArray());
    }
  }

  @ParameterizedTest
  @EnumSource(Pairing.class)
  void picksAsWithoutAPoolFromManyRows(Pairing pairing) {
    ProblemBuilder problem =
        ProblemBuilder.random(800, 12, 60, 71).pairing(pairing).excluded(7, 700, 7, 8, 50, 90);
    for (int j = 0; j < 12; j++) {
      problem.coefficients[j] *= 4;
    }
    DesignState state = problem.state();
    long[] expected = new long[80];
    Information information = state.information().copy();
    for (int i = 0; i < expected.length; i++) {
      Matrix z = information.whiten(state.centred());
      PairSet passed = PairSet.ofPacked(Arrays.copyOf(expected, i));
      RowScorer.Maker scorers = new QuadraticScores(z, state.weights());
      expected[i] = new PairScan(state.candidates(), passed).rowByRow(1, scorers).pair(0);
      information.add(BruteForce.x(problem, expected[i]), BruteForce.v(problem, expected[i]));
    }
    assertThat(new GreedyDOptimal().choose(state, 80)).isEqualTo(expected);
    assertThat(new GreedyDOptimal(4000, 300).choose(state, 80)).isEqualTo(expected);
  }

  @Test
  void picksTheSmallestOfMoreTiesThanAPoolHolds() {
    double[] values = new double[90];
    Arrays.setAll(values, i -> i % 3);
    var problem = new ProblemBuilder(new Matrix(90, 1, values), new int[90], new double[1], 0.3);
    List<Long> expected = BruteForce.greedy(problem, List.of(), 50);
    for (int capacity : new int[] {5, 700, 100_000}) {
      assertThat(new GreedyDOptimal(capacity, 3).choose(problem.state(), 50))
          .containsExactly(expected.stream().mapToLong(pair -> pair).toArray());
    }
  }

  @Test
  void isNotMovedByAConstantFarFromTheOriginOrTheOrderOfTheRows() {
    ProblemBuilder problem = ProblemBuilder.random(50, 5, 5, 31).batchSize(25);
    List<Long> expected = packed(problem.select());
    Matrix features = problem.features.copy();
    for (int i = 0; i < features.values().length; i++) {
      features.values()[i] += 1e4;
    }
    var moved = new ProblemBuilder(features, problem.prompts, problem.coefficients, 0.5);
    assertThat(packed(moved.batchSize(25).select())).isEqualTo(expected);

    ProblemBuilder reversed = ProblemBuilder.random(50, 5, 5, 31).batchSize(25);
    for (int i = 0; i < 50; i++) {
      System.arraycopy(
          problem.features.values(), i * 5, reversed.features.values(), (49 - i) * 5, 5);
    }
    assertThat(
            packed(reversed.select()).stream()
                .map(pair -> PairSet.pack(49 - PairSet.first(pair), 49 - PairSet.second(pair))))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void gainsMoreThanRandomPicksDo() {
    ProblemBuilder problem = ProblemBuilder.random(80, 8, 8, 41).batchSize(30);
    double greedy = problem.select().diagnostics().predictedGain();
    for (Strategy strategy : Strategy.values()) {
      double other = problem.strategy(strategy).select().diagnostics().predictedGain();
      assertThat(other).as(strategy.name()).isLessThanOrEqualTo(greedy);
    }
  }

  @Test
  void gainsOnlyFall() {
    ProblemBuilder problem = ProblemBuilder.random(70, 9, 7, 51).batchSize(200);
    double[] gains = problem.select().pairs().stream().mapToDouble(SelectedPair::gain).toArray();
    double[] descending =
        Arrays.stream(gains).map(gain -> -gain).sorted().map(gain -> -gain).toArray();
    assertThat(gains).containsExactly(descending, within(1e-12));
  }

  private static List<Long> packed(Selection selection) {
    return selection.pairs().stream().map(pair -> PairSet.pack(pair.a(), pair.b())).toList();
  }
}
