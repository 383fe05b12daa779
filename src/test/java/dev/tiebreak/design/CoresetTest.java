package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NullMarked
final class CoresetTest {

  @ParameterizedTest
  @EnumSource(Pairing.class)
  void computesSensitivitiesAsTheDefinitionDoes(Pairing pairing) {
    ProblemBuilder problem =
        ProblemBuilder.random(30, 4, 5, 3).pairing(pairing).excluded(0, 1, 8, 7, 20, 29);
    DesignState state = problem.state();
    List<Long> candidates = BruteForce.candidates(problem);
    DifferenceClusters clusters = DifferenceClusters.of(state, 6);
    assertThat(Arrays.stream(clusters.sizes()).sum()).isCloseTo(candidates.size(), within(1e-9));
    RowScorer.Maker scorers = Coreset.sensitivities(state, clusters);
    TopPairs all = state.best(candidates.size(), PairSet.none(), scorers);
    assertThat(all.size()).isEqualTo(candidates.size());
    for (int i = 0; i < all.size(); i++) {
      double expected = sensitivity(problem, all.pair(i), clusters, candidates.size());
      assertThat(Math.exp(all.score(i))).isCloseTo(expected, within(1e-9 * expected));
    }
  }

  @Test
  void drawsEachCandidateInProportionToItsSensitivity() {
    ProblemBuilder problem =
        ProblemBuilder.random(6, 2, 3, 5).strategy(Strategy.CORESET).batchSize(1);
    for (int i = 0; i < 12; i++) {
      problem.features.values()[i] *= 3;
    }
    List<Long> candidates = BruteForce.candidates(problem);
    // fewer candidates than would need a sample: the same clusters but for the first centres' draw
    double[] expected = new double[15];
    double[] counts = new double[15];
    int trials = 4000;
    for (int seed = 0; seed < trials; seed++) {
      SelectedPair pick = problem.seed(seed).select().pairs().getFirst();
      counts[candidates.indexOf(PairSet.pack(pick.a(), pick.b()))]++;
      DesignState state = problem.state();
      state.uniform().unit(); // as the size of the random arm
      DifferenceClusters clusters = DifferenceClusters.of(state, 10);
      double[] sensitivities =
          candidates.stream()
              .mapToDouble(pair -> sensitivity(problem, pair, clusters, 15))
              .toArray();
      double sum = Arrays.stream(sensitivities).sum();
      for (int i = 0; i < 15; i++) {
        expected[i] += sensitivities[i] / sum;
      }
    }
    for (int i = 0; i < 15; i++) {
      double share = expected[i] / trials;
      assertThat(counts[i] / trials)
          .isCloseTo(share, within(4.5 * Math.sqrt(share * (1 - share) / trials)));
    }
  }

  @Test
  void findsClustersThatLieApart() {
    // eight prompts of two responses, the differences near (±8, 0) and (0, ±8)
    Matrix features = Matrix.zeros(16, 2);
    for (int i = 0; i < 8; i++) {
      features.values()[4 * i + i % 2] = i % 4 < 2 ? 8 + 0.01 * i : -8 - 0.01 * i;
    }
    int[] prompts = new int[16];
    Arrays.setAll(prompts, row -> row / 2);
    var problem = new ProblemBuilder(features, prompts, new double[2], 1);
    DifferenceClusters clusters =
        DifferenceClusters.of(problem.pairing(Pairing.IN_PROMPT).state(), 4);
    assertThat(clusters.sizes()).containsOnly(2);
    assertThat(List.of(clusters.centres()))
        .allMatch(centre -> Math.abs(Math.hypot(centre[0], centre[1]) - 8) < 0.1);
  }

  @Test
  void estimatesTheSizesOfClustersFromASample() {
    ProblemBuilder problem = ProblemBuilder.random(300, 3, 300, 4);
    DifferenceClusters clusters = DifferenceClusters.of(problem.state(), 10);
    assertThat(clusters.centres()).hasDimensions(10, 3);
    assertThat(Arrays.stream(clusters.sizes()).sum()).isCloseTo(44_850, within(1e-6));
  }

  private static double sensitivity(
      ProblemBuilder problem, long pair, DifferenceClusters clusters, int candidates) {
    double[] x = BruteForce.x(problem, pair);
    double nearest = Double.POSITIVE_INFINITY;
    double sum = 1;
    for (int k = 0; k < clusters.sizes().length; k++) {
      double distance = Math.sqrt(DifferenceClusters.squaredDistance(x, clusters.centres()[k]));
      sum += clusters.sizes()[k] * Math.exp(-distance);
      nearest = Math.min(nearest, distance);
    }
    return candidates / (sum - Math.exp(-nearest));
  }
}
