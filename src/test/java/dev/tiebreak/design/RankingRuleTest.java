package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Judgements;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NullMarked
final class RankingRuleTest {

  private static final int[] PAST_A = {0, 3, 3, 9};
  private static final int[] PAST_B = {1, 17, 17, 2};

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"LINEAR_D_OPTIMAL", "D_OPTIMAL", "PAST_AWARE_D_OPTIMAL"})
  void scoresAsTheDefinitionDoes(Strategy strategy) {
    for (Pairing pairing : Pairing.values()) {
      ProblemBuilder problem = problem(strategy).pairing(pairing);
      assertScores(problem, BruteForce.candidates(problem));
    }
    ProblemBuilder sampled = problem(strategy).candidateLimit(50);
    CandidateSet sample = sampled.state().candidates();
    assertScores(sampled, LongStream.range(0, 50).mapToObj(sample::pairAt).toList());
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void leavesTheRandomArmOutOfTheRanking(Strategy strategy) {
    ProblemBuilder problem = problem(strategy).batchSize(30).randomShare(0.5);
    assertThat(problem.select().pairs().stream().map(pair -> PairSet.pack(pair.a(), pair.b())))
        .hasSize(30)
        .doesNotHaveDuplicates();
    ProblemBuilder alone = problem(strategy).batchSize(15);
    if (strategy.rule() instanceof RankingRule && strategy != Strategy.CORESET) {
      List<SelectedPair> ranked = problem.select().pairs().subList(15, 30);
      assertThat(ranked).isNotEmpty().allMatch(pair -> pair.arm() == Arm.DESIGN);
      long first =
          PairSet.pack(alone.select().pairs().get(0).a(), alone.select().pairs().get(0).b());
      assertThat(problem.select().pairs())
          .anyMatch(pair -> PairSet.pack(pair.a(), pair.b()) == first);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"MAX_ENTROPY", "MAX_DIFFERENCE"})
  void ordersByTheRewardDifference(Strategy strategy) {
    ProblemBuilder problem = problem(strategy).pairing(Pairing.CROSS_PROMPT).batchSize(40);
    double[] rewards = problem.rewards();
    Comparator<Long> nearest =
        Comparator.comparingDouble(
            pair -> Math.abs(rewards[PairSet.first(pair)] - rewards[PairSet.second(pair)]));
    List<Long> expected =
        BruteForce.candidates(problem).stream()
            .sorted(strategy == Strategy.MAX_ENTROPY ? nearest : nearest.reversed())
            .limit(40)
            .toList();
    assertThat(problem.select().pairs().stream().map(pair -> PairSet.pack(pair.a(), pair.b())))
        .containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @EnumSource(Pairing.class)
  void findsTheBestOfManyRowsAsAListOfAllPairsDoes(Pairing pairing) {
    ProblemBuilder problem =
        ProblemBuilder.random(1100, 5, 90, 23).pairing(pairing).excluded(3, 600, 0, 1, 1099, 511);
    DesignState state = problem.state();
    long[] all = BruteForce.candidates(problem).stream().mapToLong(pair -> pair).toArray();
    CandidateSet listed = new SampledPairs(1100, PairSet.ofPacked(all));
    PairSet taken = PairSet.ofPacked(new long[] {all[0], all[all.length / 2]});
    Matrix z = state.information().whiten(state.centred());
    TopPairs scanned =
        new PairScan(state.candidates(), taken).best(3000, new QuadraticScores(z, state.weights()));
    TopPairs expected =
        new PairScan(listed, taken).best(3000, new QuadraticScores(z, state.weights()));
    assertThat(scanned.pairs()).hasSize(3000).containsExactly(expected.pairs());
    assertThat(scanned.score(17)).isEqualTo(expected.score(17));
    TopPairs sorted = new TopPairs(3000);
    for (long pair : all) {
      if (!taken.contains(pair)) {
        double[] x = PairInformation.difference(z, PairSet.first(pair), PairSet.second(pair));
        sorted.offer(pair, BruteForce.v(state.rewards(), pair) * squaredNorm(x));
      }
    }
    assertThat(sorted.finish().pairs()).containsExactly(expected.pairs());
  }

  @Test
  void scoresFewListedPairsByTheirDifferencesAsByWhitenedRows() {
    DesignState state = ProblemBuilder.random(300, 9, 4, 29).candidateLimit(250).state();
    var forms = (ListedForms) PairScores.of(state, state.information().factor(), state.weights());
    Matrix z = state.information().whiten(state.centred());
    var rows = new QuadraticScores(z, state.weights());
    for (int i = 0; i < 250; i++) {
      int a = PairSet.first(state.candidates().pairAt(i));
      int b = PairSet.second(state.candidates().pairAt(i));
      double expected = rows.score(a, b);
      assertThat(forms.score(a, b)).isCloseTo(expected, within(1e-12 * expected));
    }
    TopPairs best = state.best(40, state.taken(), forms);
    assertThat(best.pairs()).containsExactly(state.best(40, state.taken(), rows).pairs());
    int[] partners = new int[300];
    double[] scores = new double[300];
    int row = PairSet.first(state.candidates().pairAt(100));
    int count = state.candidates().partners(row, row + 2, 300, partners);
    forms.make().score(row, partners, count, 0, scores);
    for (int i = 0; i < count; i++) {
      assertThat(scores[i]).isEqualTo(forms.score(row, partners[i]));
    }
  }

  private static double squaredNorm(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum = Math.fma(value, value, sum);
    }
    return sum;
  }

  private static ProblemBuilder problem(Strategy strategy) {
    ProblemBuilder problem = ProblemBuilder.random(30, 6, 5, 17).strategy(strategy);
    problem.past = new Judgements(PAST_A, PAST_B, new double[4]);
    return problem.excluded(0, 1, 8, 7, 20, 29);
  }

  private static void assertScores(ProblemBuilder problem, List<Long> candidates) {
    boolean weighted = problem.strategy != Strategy.LINEAR_D_OPTIMAL;
    Matrix a = Matrix.scaledIdentity(problem.features.columns(), 1e-6);
    for (long pair : candidates) {
      BruteForce.add(problem, a, pair, weighted ? BruteForce.v(problem, pair) : 1);
    }
    for (int i = 0; problem.strategy == Strategy.PAST_AWARE_D_OPTIMAL && i < 4; i++) {
      long pair = PairSet.pack(PAST_A[i], PAST_B[i]);
      BruteForce.add(problem, a, pair, BruteForce.v(problem, pair));
    }
    DesignState state = problem.state();
    RowScorer.Maker scorers = ((RankingRule) problem.strategy.rule()).scorers(state);
    TopPairs ranked = state.best(candidates.size(), PairSet.none(), scorers);
    assertThat(ranked.pairs()).containsExactlyInAnyOrder(candidates.toArray(Long[]::new));
    for (int i = 0; i < ranked.size(); i++) {
      double form = BruteForce.form(problem, a, ranked.pair(i));
      double score = weighted ? BruteForce.v(problem, ranked.pair(i)) * form : form;
      assertThat(ranked.score(i)).isCloseTo(score, within(1e-11 * score));
    }
  }
}
