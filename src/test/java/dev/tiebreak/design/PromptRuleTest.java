package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Logistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules that choose one pair for each of the prompts drawn. */
@NullMarked
final class PromptRuleTest {

  private static final int TRIALS = 4000;

  @ParameterizedTest
  @EnumSource(Pairing.class)
  void scoresEachCandidateOfADrawnPromptAsTheDefinitionDoes(Pairing pairing) {
    for (Strategy strategy : List.of(Strategy.DELTA_UCB, Strategy.INFO_MAX)) {
      for (int seed = 0; seed < 6; seed++) {
        ProblemBuilder problem = problem(seed).strategy(strategy).pairing(pairing).batchSize(20);
        ToDoubleFunction<Long> score =
            pair -> {
              double delta = Math.abs(delta(problem, pair));
              double s = deviation(problem, pair);
              return strategy == Strategy.DELTA_UCB
                  ? Logistic.sigmoid(delta + s)
                  : Logistic.sigmoid(delta + s) - Logistic.sigmoid(delta - s);
            };
        List<Long> free = BruteForce.candidates(problem);
        for (long pick : packed(problem.select())) {
          // some prompt of the pick has no better candidate
          assertThat(List.of(PairSet.first(pick), PairSet.second(pick)))
              .as("%s of %s", pick, free)
              .anySatisfy(row ->
                  assertThat(score.applyAsDouble(pick))
                      .isCloseTo(
                          touching(problem, free, problem.prompts[row])
                              .mapToDouble(score)
                              .max()
                              .orElseThrow(),
                          within(1e-12)));
          free.remove(pick);
        }
      }
    }
  }

  @Test
  void takesTheBestGuaranteeAndTheLeastCertainRival() {
    for (int seed = 0; seed < 40; seed++) {
      ProblemBuilder problem =
          problem(seed).strategy(Strategy.MAX_MIN_LCB).pairing(Pairing.IN_PROMPT).batchSize(4);
      problem.excluded = PairSet.none();
      for (SelectedPair pick : problem.select().pairs()) {
        int prompt = problem.prompts[pick.a()];
        assertThat(PairSet.pack(pick.a(), pick.b())).isEqualTo(maxMin(problem, prompt));
      }
    }
  }

  @Test
  void leavesOutWhatIsSurelyBeaten() {
    // one dimension, rewards 0, 1, 10 and hardly any doubt: 0 and 1 are surely beaten by 10
    Matrix line = new Matrix(3, 1, new double[] {0, 1, 10});
    var problem = new ProblemBuilder(line, new int[3], new double[] {1}, 1e6);
    problem.strategy(Strategy.MAX_MIN_LCB).batchSize(3);
    // alone unbeaten is 10, whose least sure victory is that over 1
    assertThat(packed(problem.select()).getFirst()).isEqualTo(PairSet.pack(1, 2));
    // with both of its pairs excluded, the others are all there is
    assertThat(packed(problem.excluded(0, 2, 1, 2).select())).containsExactly(PairSet.pack(0, 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"DOUBLE_THOMPSON", "DOUBLE_REVERSE_THOMPSON"})
  void picksAsOftenAsPosteriorDrawsDo(Strategy strategy) {
    ProblemBuilder problem =
        ProblemBuilder.random(4, 3, 4, 8)
            .pairing(Pairing.IN_PROMPT)
            .strategy(strategy)
            .batchSize(1);
    problem.information = Matrix.scaledIdentity(3, 0.4);
    BruteForce.add(problem, problem.information, PairSet.pack(0, 2), 3);
    double[] counts = new double[16];
    for (int seed = 0; seed < TRIALS; seed++) {
      SelectedPair pick = problem.seed(seed).select().pairs().getFirst();
      counts[4 * pick.a() + pick.b()]++;
    }
    double[] expected = thompson(problem, strategy == Strategy.DOUBLE_THOMPSON ? 1 : -1);
    for (int i = 0; i < counts.length; i++) {
      double share = expected[i] / TRIALS;
      double error = 5 * Math.sqrt(2 * share * (1 - share) / TRIALS) + 1e-3;
      assertThat(counts[i] / TRIALS).as("pair %d", i).isCloseTo(share, within(error));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {
        "DOUBLE_THOMPSON",
        "DOUBLE_REVERSE_THOMPSON",
        "DELTA_UCB",
        "MAX_MIN_LCB",
        "INFO_MAX"
      })
  void asksEachPromptOnceBeforeAnyTwice(Strategy strategy) {
    ProblemBuilder problem = ProblemBuilder.random(40, 3, 4, 5).strategy(strategy);
    problem.pairing(Pairing.IN_PROMPT).batchSize(60);
    problem.prompts[39] = 77; // a prompt with one response, and one with three
    List<SelectedPair> pairs = problem.select().pairs();
    assertThat(pairs).hasSize(9 * 6 + 3);
    for (int pass = 0; pass < 3; pass++) {
      assertThat(pairs.subList(10 * pass, 10 * pass + 10))
          .extracting(pair -> problem.prompts[pair.a()])
          .doesNotHaveDuplicates();
    }
    assertThat(packed(problem.select())).doesNotHaveDuplicates();
    double[] firsts = new double[10];
    problem.batchSize(1);
    for (int seed = 0; seed < 2000; seed++) {
      firsts[problem.seed(seed).select().pairs().getFirst().a() / 4]++;
    }
    for (double count : firsts) {
      assertThat(count / 2000).isCloseTo(0.1, within(4.5 * Math.sqrt(0.09 / 2000)));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {
        "DOUBLE_THOMPSON",
        "DOUBLE_REVERSE_THOMPSON",
        "DELTA_UCB",
        "MAX_MIN_LCB",
        "INFO_MAX"
      })
  void choosesCandidatesOnlyUnderEveryPairing(Strategy strategy) {
    for (Pairing pairing : Pairing.values()) {
      ProblemBuilder problem = problem(3).strategy(strategy).pairing(pairing).batchSize(25);
      Set<Long> candidates = new HashSet<>(BruteForce.candidates(problem));
      assertThat(packed(problem.randomShare(0.3).select()))
          .hasSize(25)
          .doesNotHaveDuplicates()
          .isSubsetOf(candidates);
      problem.candidateLimit(30).batchSize(30).randomShare(0);
      CandidateSet sample = problem.state().candidates();
      assertThat(packed(problem.select()))
          .containsExactlyInAnyOrderElementsOf(
              LongStream.range(0, 30).mapToObj(sample::pairAt).toList());
    }
  }

  private static ProblemBuilder problem(int seed) {
    ProblemBuilder problem = ProblemBuilder.random(24, 4, 4, seed).seed(seed);
    for (int i = 0; i < 10; i++) {
      BruteForce.add(problem, problem.information, PairSet.pack(i, 23 - i), 0.2 * i);
    }
    return problem.excluded(0, 1, 4, 5, 9, 5, 3, 22, 7, 23).pending(0, 1, 3, 22);
  }

  private static java.util.stream.Stream<Long> touching(
      ProblemBuilder problem, List<Long> pairs, int prompt) {
    return pairs.stream()
        .filter(pair ->
            problem.prompts[PairSet.first(pair)] == prompt
                || problem.prompts[PairSet.second(pair)] == prompt);
  }

  private static double delta(ProblemBuilder problem, long pair) {
    double[] rewards = problem.rewards();
    return rewards[PairSet.first(pair)] - rewards[PairSet.second(pair)];
  }

  private static double deviation(ProblemBuilder problem, long pair) {
    return Math.sqrt(BruteForce.form(problem, problem.information, pair));
  }

  /** The rule's pair where no pair is excluded. */
  private static long maxMin(ProblemBuilder problem, int prompt) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < problem.prompts.length; row++) {
      if (problem.prompts[row] == prompt) {
        rows.add(row);
      }
    }
    List<Integer> unbeaten =
        rows.stream()
            .filter(i -> rows.stream().allMatch(j -> i.equals(j) || bound(problem, i, j, 1) >= 0))
            .toList();
    Comparator<Integer> byRow = Comparator.naturalOrder();
    List<Integer> rivals = unbeaten.size() > 1 ? unbeaten : rows;
    ToDoubleFunction<Integer> guarantee = i -> bound(problem, i, rival(problem, i, rivals), -1);
    int i =
        unbeaten.stream()
            .max(Comparator.comparingDouble(guarantee).thenComparing(byRow.reversed()))
            .orElseThrow();
    return PairSet.pack(i, rival(problem, i, rivals));
  }

  private static int rival(ProblemBuilder problem, int i, List<Integer> rivals) {
    return rivals.stream()
        .filter(j -> j != i)
        .min(Comparator.comparingDouble((Integer j) -> bound(problem, i, j, -1)))
        .orElseThrow();
  }

  /** Δ_ij ± s_ij. */
  private static double bound(ProblemBuilder problem, int i, int j, int sign) {
    double[] rewards = problem.rewards();
    return rewards[i] - rewards[j] + sign * deviation(problem, PairSet.pack(i, j));
  }

  /** How often each pair comes out of draws w = w* + L⁻ᵀξ, H = L Lᵀ, made here. */
  private static double[] thompson(ProblemBuilder problem, int sign) {
    Matrix lower =
        java.util.Objects.requireNonNull(
                ProblemBuilder.LINEAR_ALGEBRA.cholesky(problem.information))
            .lower();
    Random random = new Random(5);
    double[] counts = new double[16];
    for (int trial = 0; trial < TRIALS; trial++) {
      int i = argmax(draw(problem, lower, random), 1);
      int j = i;
      for (int draw = 0; draw < 30 && j == i; draw++) {
        j = argmax(draw(problem, lower, random), sign);
      }
      assertThat(j).isNotEqualTo(i);
      counts[4 * Math.min(i, j) + Math.max(i, j)]++;
    }
    return counts;
  }

  private static int argmax(double[] values, int sign) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = sign * values[i] > sign * values[best] ? i : best;
    }
    return best;
  }

  /** The rewards under a draw. */
  private static double[] draw(ProblemBuilder problem, Matrix lower, Random random) {
    int m = lower.rows();
    double[] w = new double[m];
    for (int j = m - 1; j >= 0; j--) {
      w[j] = random.nextGaussian();
      for (int i = j + 1; i < m; i++) {
        w[j] -= lower.get(i, j) * w[i];
      }
      w[j] /= lower.get(j, j);
    }
    Arrays.setAll(w, j -> w[j] + problem.coefficients[j]);
    return ProblemBuilder.LINEAR_ALGEBRA.multiply(problem.features, w);
  }

  private static List<Long> packed(Selection selection) {
    return selection.pairs().stream().map(pair -> PairSet.pack(pair.a(), pair.b())).toList();
  }
}
