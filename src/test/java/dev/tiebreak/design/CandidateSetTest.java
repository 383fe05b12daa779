package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NullMarked
final class CandidateSetTest {

  @ParameterizedTest
  @EnumSource(Pairing.class)
  void agreesWithABruteForceListOfPairs(Pairing pairing) {
    Random random = new Random(3);
    for (int trial = 0; trial < 40; trial++) {
      ProblemBuilder problem = scattered(random, pairing);
      CandidateSet set = problem.state().candidates();
      List<Long> expected = BruteForce.candidates(problem);
      assertThat(set.count()).isEqualTo(expected.size());
      assertThat(LongStream.range(0, set.count()).map(set::pairAt))
          .containsExactlyElementsOf(expected);
      assertThat(enumerated(set, 0, set.rows())).containsExactlyElementsOf(expected);
      assertThat(enumerated(set, 5, 11))
          .containsExactlyElementsOf(
              expected.stream()
                  .filter(pair -> PairSet.second(pair) >= 5 && PairSet.second(pair) < 11)
                  .toList());
    }
  }

  @Test
  void countsPairsOfManyResponsesWithoutListingThem() {
    int[] prompts = new int[200_000];
    Arrays.setAll(prompts, i -> i % 50_000);
    AllowedPairs any = new AllowedPairs(prompts, Pairing.ANY, PairSet.none());
    AllowedPairs in = new AllowedPairs(prompts, Pairing.IN_PROMPT, PairSet.none());
    AllowedPairs cross = new AllowedPairs(prompts, Pairing.CROSS_PROMPT, PairSet.none());
    assertThat(any.count()).isEqualTo(200_000L * 199_999 / 2);
    assertThat(in.count()).isEqualTo(50_000L * 6);
    assertThat(cross.count()).isEqualTo(any.count() - in.count());
    assertThat(cross.pairAt(cross.count() - 1)).isEqualTo(PairSet.pack(199_998, 199_999));
    assertThat(new UniformDraws(cross, new Uniform(1)).next(1000)).doesNotHaveDuplicates();
    assertThatThrownBy(() -> any.pairAt(any.count())).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @EnumSource(Pairing.class)
  void samplesEachCandidateEquallyOften(Pairing pairing) {
    ProblemBuilder problem = scattered(new Random(7), pairing).candidateLimit(6);
    List<Long> all = BruteForce.candidates(problem);
    int trials = 4000;
    double[] counts = new double[all.size()];
    for (int seed = 0; seed < trials; seed++) {
      List<Long> sample = enumerated(problem.seed(seed).state().candidates(), 0, 15);
      assertThat(sample).hasSize(6).isSorted().doesNotHaveDuplicates();
      sample.forEach(pair -> counts[all.indexOf(pair)]++);
    }
    assertUniform(counts, trials, 6);
  }

  @Test
  void drawsEachCandidateEquallyOftenAtEachPlace() {
    ProblemBuilder problem = scattered(new Random(8), Pairing.IN_PROMPT);
    List<Long> all = BruteForce.candidates(problem);
    CandidateSet set = problem.state().candidates();
    int trials = 4000;
    double[][] counts = new double[3][all.size()];
    for (int seed = 0; seed < trials; seed++) {
      long[] drawn = new UniformDraws(set, new Uniform(seed)).next(3);
      for (int place = 0; place < 3; place++) {
        counts[place][all.indexOf(drawn[place])]++;
      }
    }
    for (double[] place : counts) {
      assertUniform(place, trials, 1);
    }
  }

  @Test
  void drawsEveryCandidateOnce() {
    ProblemBuilder problem = scattered(new Random(9), Pairing.CROSS_PROMPT);
    CandidateSet set = problem.state().candidates();
    UniformDraws draws = new UniformDraws(set, new Uniform(4));
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < set.count(); i++) {
      seen.add(draws.next(1)[0]);
    }
    assertThat(seen).hasSameElementsAs(BruteForce.candidates(problem));
    assertThatThrownBy(() -> draws.next(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void looksAtAllCandidatesWhereTheyAreNoMoreThanTheLimit() {
    ProblemBuilder problem = ProblemBuilder.random(6, 2, 3, 1).candidateLimit(15);
    assertThat(problem.state().candidates()).isInstanceOf(AllowedPairs.class);
    assertThat(problem.candidateLimit(14).state().candidates()).isInstanceOf(SampledPairs.class);
  }

  /** χ² against equal counts; 5 standard deviations above its mean. */
  private static void assertUniform(double[] counts, int trials, int draws) {
    double expected = (double) trials * draws / counts.length;
    double statistic =
        Arrays.stream(counts).map(c -> (c - expected) * (c - expected) / expected).sum();
    double freedom = counts.length - 1;
    assertThat(statistic).isBetween(0.2 * freedom, freedom + 5 * Math.sqrt(2 * freedom));
  }

  private static ProblemBuilder scattered(Random random, Pairing pairing) {
    ProblemBuilder problem = ProblemBuilder.random(15, 2, 3, 1).pairing(pairing);
    problem.prompts = random.ints(15, 0, 4).map(prompt -> prompt * 1000 - 7).toArray();
    int[] rows = new int[40];
    for (int i = 0; i < rows.length; i += 2) {
      rows[i] = random.nextInt(15);
      rows[i + 1] = (rows[i] + 1 + random.nextInt(14)) % 15;
    }
    return problem.excluded(rows);
  }

  private static List<Long> enumerated(CandidateSet set, int from, int to) {
    List<Long> pairs = new ArrayList<>();
    int[] partners = new int[set.rows()];
    for (int a = 0; a < set.rows(); a++) {
      int count = set.partners(a, from, to, partners);
      assertThat(count).isLessThanOrEqualTo(set.widestRow());
      for (int i = 0; i < count; i++) {
        pairs.add(PairSet.pack(a, partners[i]));
      }
    }
    return pairs;
  }
}
