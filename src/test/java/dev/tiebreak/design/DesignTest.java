package dev.tiebreak.design;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NullMarked
final class DesignTest {

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void gainsSumToTheChangeOfTheLogDeterminant(Strategy strategy) {
    ProblemBuilder problem =
        ProblemBuilder.random(30, 4, 5, 1)
            .strategy(strategy)
            .pending(0, 7, 0, 7, 3, 4)
            .batchSize(20)
            .randomShare(0.25);
    Selection selection = problem.select();
    Matrix a = BruteForce.before(problem);
    assertThat(selection.diagnostics().logDetBefore())
        .isCloseTo(BruteForce.logDeterminant(a), within(1e-11));
    for (SelectedPair pair : selection.pairs()) {
      long packed = PairSet.pack(pair.a(), pair.b());
      double v = BruteForce.v(problem, packed);
      assertThat(pair.gain())
          .isCloseTo(Math.log1p(v * BruteForce.form(problem, a, packed)), within(1e-12));
      BruteForce.add(problem, a, packed, v);
    }
    BatchDiagnostics diagnostics = selection.diagnostics();
    assertThat(diagnostics.logDetAfter()).isCloseTo(BruteForce.logDeterminant(a), within(1e-11));
    assertThat(diagnostics.predictedGain())
        .isCloseTo(diagnostics.logDetAfter() - diagnostics.logDetBefore(), within(1e-11));
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void selectsTheSameWithAnyNumberOfThreads(Strategy strategy) throws Exception {
    ProblemBuilder problem =
        ProblemBuilder.random(700, 7, 7, 2).strategy(strategy).batchSize(40).randomShare(0.1);
    Selection expected = problem.select();
    for (int threads : new int[] {1, 2, 5}) {
      try (ForkJoinPool pool = new ForkJoinPool(threads)) {
        assertThat(pool.submit(problem::select).get()).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void takesAllCandidatesWhereTheBatchIsLarger(Strategy strategy) {
    ProblemBuilder problem =
        ProblemBuilder.random(9, 3, 3, 3)
            .pairing(Pairing.IN_PROMPT)
            .strategy(strategy)
            .excluded(1, 0)
            .randomShare(0.3)
            .batchSize(1000);
    assertThat(packed(problem.select()))
        .containsExactlyInAnyOrderElementsOf(BruteForce.candidates(problem));
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void selectsNothingWhereThereIsNothingToCompare(Strategy strategy) {
    ProblemBuilder none = ProblemBuilder.random(0, 3, 1, 3).strategy(strategy).randomShare(0.5);
    ProblemBuilder one = ProblemBuilder.random(1, 3, 1, 3).strategy(strategy);
    ProblemBuilder singles =
        ProblemBuilder.random(20, 3, 1, 3).pairing(Pairing.IN_PROMPT).strategy(strategy);
    ProblemBuilder asked = ProblemBuilder.random(2, 3, 2, 3).strategy(strategy).excluded(1, 0);
    ProblemBuilder zero = ProblemBuilder.random(20, 3, 1, 3).strategy(strategy).batchSize(0);
    for (ProblemBuilder problem : List.of(none, one, singles, asked, zero)) {
      Selection selection = problem.select();
      assertThat(selection.pairs()).isEmpty();
      assertThat(selection.candidates()).isEqualTo(BruteForce.candidates(problem).size());
      assertThat(selection.diagnostics().predictedGain()).isZero();
      assertThat(selection.diagnostics().comparisonsPerResponseMean()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"RANDOM", "CORESET", "DOUBLE_THOMPSON", "DOUBLE_REVERSE_THOMPSON"},
      mode = EnumSource.Mode.EXCLUDE)
  void takesTheSmallestIndicesWhereAllEmbeddingsAreEqual(Strategy strategy) {
    Matrix constant = new Matrix(12, 2, new double[24]);
    Arrays.fill(constant.values(), 3.7);
    int[] prompts = new int[12];
    var equal = new ProblemBuilder(constant, prompts, new double[] {1, -1}, 2);
    var empty = new ProblemBuilder(Matrix.zeros(12, 0), prompts, new double[0], 2);
    for (ProblemBuilder problem : List.of(equal, empty)) {
      for (Pairing pairing : new Pairing[] {Pairing.ANY, Pairing.IN_PROMPT}) {
        problem.pairing(pairing).strategy(strategy).batchSize(13).excluded(0, 3);
        problem.pending(1, 2);
        assertThat(packed(problem.select()))
            .isEqualTo(BruteForce.candidates(problem).subList(0, 13));
        assertThat(problem.select().pairs()).allMatch(pair -> pair.gain() == 0 && pair.p() == 0.5);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void survivesRewardsOfEightHundredLogitsAndMore(Strategy strategy) {
    for (double steep : new double[] {800, 1e4}) {
      double[] values = new double[20];
      Arrays.setAll(values, i -> i % 2 == 0 ? steep * (i % 4 - 1) : i * 1e-3);
      Matrix features = new Matrix(10, 2, values);
      var problem = new ProblemBuilder(features, new int[10], new double[] {1, 0}, 1e-3);
      Selection selection = problem.strategy(strategy).batchSize(45).select();
      assertThat(selection.pairs())
          .hasSize(45)
          .allMatch(pair -> pair.gain() >= 0 && pair.gain() < 100)
          .allMatch(pair -> pair.p() >= 0 && pair.p() <= 1);
      assertThat(selection.diagnostics().predictedGain()).isFinite();
    }
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void definesScoresOfHugeDegenerateFeatures(Strategy strategy) {
    ProblemBuilder problem = ProblemBuilder.random(30, 5, 5, 4).strategy(strategy).batchSize(60);
    for (int i = 0; i < 30; i++) {
      double huge = 1e12 * problem.features.get(i, 0);
      Arrays.fill(problem.features.values(), i * 5, i * 5 + 5, huge);
    }
    Arrays.fill(problem.coefficients, 1e-13);
    assertThat(packed(problem.select())).hasSize(60).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void fillsTheBatchFromCandidatesWhateverTheData(Strategy strategy) {
    for (Pairing pairing : Pairing.values()) {
      for (ProblemBuilder problem : unlikely()) {
        problem.pairing(pairing).strategy(strategy).batchSize(30).randomShare(0.2);
        problem.excluded(0, 1, 2, 9).pending(0, 1, 0, 1);
        List<Long> candidates = BruteForce.candidates(problem);
        assertThat(packed(problem.select()))
            .hasSize(Math.min(30, candidates.size()))
            .doesNotHaveDuplicates()
            .isSubsetOf(candidates);
        assertThat(packed(problem.candidateLimit(7).select()))
            .hasSize(Math.min(7, candidates.size()))
            .doesNotHaveDuplicates()
            .isSubsetOf(candidates);
      }
    }
  }

  /** Fewer responses than dimensions, duplicates, equal rewards, prompts with one response. */
  private static List<ProblemBuilder> unlikely() {
    ProblemBuilder wide = ProblemBuilder.random(12, 40, 4, 1);
    ProblemBuilder duplicates = ProblemBuilder.random(24, 4, 6, 2);
    for (int i = 0; i < 24; i++) {
      System.arraycopy(
          duplicates.features.values(), i / 3 * 12, duplicates.features.values(), i * 4, 4);
    }
    ProblemBuilder equalRewards = ProblemBuilder.random(20, 4, 5, 3);
    Arrays.fill(equalRewards.coefficients, 0);
    ProblemBuilder singles = ProblemBuilder.random(20, 3, 1, 4);
    ProblemBuilder fewSingles = ProblemBuilder.random(20, 3, 4, 5);
    fewSingles.prompts[0] = 50;
    fewSingles.prompts[19] = 51;
    ProblemBuilder singular = ProblemBuilder.random(20, 5, 4, 6);
    singular.information = Matrix.scaledIdentity(5, 0);
    return List.of(wide, duplicates, equalRewards, singles, fewSingles, singular);
  }

  @Test
  void sizesTheRandomArmByTheLaw() {
    int larger = 0;
    for (int seed = 0; seed < 2000; seed++) {
      int size = Design.randomArmSize(3.25, 10, new Uniform(seed));
      assertThat(size).isBetween(3, 4);
      larger += size - 3;
      assertThat(Design.randomArmSize(4, 10, new Uniform(seed))).isEqualTo(4);
    }
    // 4 standard deviations of a binomial
    assertThat(larger / 2000.0).isCloseTo(0.25, within(4 * Math.sqrt(0.25 * 0.75 / 2000)));
  }

  @Test
  void storesTheProbabilityOfEachUniformDraw() {
    ProblemBuilder problem = ProblemBuilder.random(10, 2, 5, 5).batchSize(9).randomShare(0.35);
    List<SelectedPair> designed = problem.select().pairs();
    List<SelectedPair> random = problem.strategy(Strategy.RANDOM).select().pairs();
    assertThat(designed).hasSize(9);
    for (SelectedPair pair : designed) {
      if (pair.arm() == Arm.RANDOM) {
        assertThat(requireNonNull(pair.selectionProbability()))
            .isCloseTo(0.35 * 9 / 45, within(1e-15));
      } else {
        assertThat(pair.selectionProbability()).isNull();
      }
    }
    for (SelectedPair pair : random) {
      double share = pair.arm() == Arm.RANDOM ? 0.35 : 0.65;
      assertThat(requireNonNull(pair.selectionProbability()))
          .isCloseTo(share * 9 / 45, within(1e-15));
    }
    assertThat(random.stream().filter(pair -> pair.arm() == Arm.RANDOM).toList())
        .isEqualTo(designed.stream().filter(pair -> pair.arm() == Arm.RANDOM).toList());
  }

  @Test
  void putsEachCandidateIntoTheRandomArmAsOftenAsStored() {
    ProblemBuilder problem = ProblemBuilder.random(6, 2, 3, 5).batchSize(5).randomShare(0.45);
    List<Long> candidates = BruteForce.candidates(problem);
    double[] counts = new double[15];
    for (int seed = 0; seed < 3000; seed++) {
      problem.seed(seed).select().pairs().stream()
          .filter(pair -> pair.arm() == Arm.RANDOM)
          .forEach(pair -> counts[candidates.indexOf(PairSet.pack(pair.a(), pair.b()))]++);
    }
    for (double count : counts) {
      assertThat(count / 3000).isCloseTo(0.15, within(4.5 * Math.sqrt(0.15 * 0.85 / 3000)));
    }
  }

  @Test
  void drawsTheWholeBatchAtRandomWhereTheShareIsOne() {
    Selection selection = ProblemBuilder.random(10, 2, 5, 5).batchSize(9).randomShare(1).select();
    assertThat(selection.pairs()).hasSize(9).allMatch(pair -> pair.arm() == Arm.RANDOM);
  }

  @Test
  void changesWithTheSeedOnlyWhatIsRandom() {
    ProblemBuilder problem = ProblemBuilder.random(20, 2, 5, 5).batchSize(9);
    assertThat(problem.seed(1).select()).isEqualTo(problem.seed(2).select());
    problem.strategy(Strategy.RANDOM);
    assertThat(problem.seed(1).select()).isEqualTo(problem.seed(1).select());
    assertThat(problem.seed(1).select()).isNotEqualTo(problem.seed(2).select());
    assertThat(new Uniform(42).below(1_000_000)).isEqualTo(188_425); // on every JVM
  }

  @Test
  void realisesTheGainOfTheVerdictsOfABatch() {
    ProblemBuilder problem = ProblemBuilder.random(20, 4, 5, 6).pending(0, 1, 2, 9, 2, 9, 14, 3);
    double before = BruteForce.logDeterminant(problem.information);
    Matrix now = BruteForce.before(problem);
    Double gain =
        Design.realisedGain(
            problem.features,
            problem.coefficients,
            now,
            problem.pending,
            ProblemBuilder.LINEAR_ALGEBRA);
    assertThat(requireNonNull(gain))
        .isCloseTo(BruteForce.logDeterminant(now) - before, within(1e-12));
    Double impossible =
        Design.realisedGain(
            problem.features,
            problem.coefficients,
            Matrix.scaledIdentity(4, 1e-9),
            problem.pending,
            ProblemBuilder.LINEAR_ALGEBRA);
    assertThat(impossible).isNull();
  }

  @Test
  void namesBothShapesOfAMismatch() {
    ProblemBuilder problem = ProblemBuilder.random(20, 4, 5, 6);
    problem.coefficients = new double[3];
    assertThatThrownBy(problem::build).hasMessageContaining("3").hasMessageContaining("4");
    ProblemBuilder rows = ProblemBuilder.random(20, 4, 5, 6).excluded(3, 20);
    assertThatThrownBy(rows::build).hasMessageContaining("row 20 among 20 rows");
    ProblemBuilder infinite = ProblemBuilder.random(20, 4, 5, 6);
    infinite.features.values()[7] = Double.NaN;
    assertThatThrownBy(infinite::build).hasMessage("features hold NaN at 7");
    assertThatThrownBy(ProblemBuilder.random(20, 4, 5, 6).randomShare(1.5)::build)
        .hasMessageContaining("1.5");
    assertThatThrownBy(ProblemBuilder.random(20, 4, 5, 6).pending(4, 4)::build)
        .hasMessageContaining("pending pair (4, 4)");
  }

  private static List<Long> packed(Selection selection) {
    List<Long> packed = new ArrayList<>();
    selection.pairs().forEach(pair -> packed.add(PairSet.pack(pair.a(), pair.b())));
    return packed;
  }
}
