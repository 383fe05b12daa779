package dev.tiebreak.design;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Logistic;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
final class CandidateInformationTest {

  @ParameterizedTest
  @EnumSource(Pairing.class)
  void sumsAllPairsAsPairByPair(Pairing pairing) {
    for (double spread : new double[] {0, 0.5, 3, 10, 30}) {
      ProblemBuilder problem =
          ProblemBuilder.random(600, 5, 12, 7)
              .pairing(pairing)
              .excluded(0, 1, 0, 599, 17, 300, 18, 19, 5, 400);
      for (int j = 0; j < 5; j++) {
        problem.coefficients[j] *= spread;
      }
      DesignState state = problem.state();
      assertSame(problem, state.rewards(), 1e-12);
      assertSame(problem, null, 1e-12);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, 0.1, 2, 8, 25})
  void expandsTheVariance(double spread) {
    double[] rewards = new Random(1).doubles(300, 7 - spread, 7 + spread + 1e-12).toArray();
    VarianceExpansion expansion = requireNonNull(VarianceExpansion.of(rewards, 512));
    double[][] polynomials = expansion.polynomials(rewards, 0, 300);
    for (int a = 0; a < 300; a++) {
      int row = a;
      double[] own =
          IntStream.range(0, expansion.terms()).mapToDouble(p -> polynomials[p][row]).toArray();
      double[] weights = expansion.multiply(own);
      for (int b = 0; b < 300; b++) {
        double sum = 0;
        for (int p = 0; p < weights.length; p++) {
          sum += weights[p] * polynomials[p][b];
        }
        assertThat(sum).isCloseTo(Logistic.variance(rewards[a] - rewards[b]), within(1e-14));
      }
    }
    assertThat(expansion.terms()).isLessThan(20 + (int) (12 * Math.max(spread, 1)));
  }

  @Test
  void goesThroughThePairsWhereRewardsSpanHundredsOfLogits() {
    ProblemBuilder problem = ProblemBuilder.random(300, 3, 300, 7);
    problem.coefficients[0] = 800;
    DesignState state = problem.state();
    assertThat(VarianceExpansion.of(state.rewards(), 512)).isNull();
    // only pairs a thousandth of the features' range apart count: six digits cancel
    assertSame(problem, state.rewards(), 1e-9);
    double[] infinite = {0, Double.POSITIVE_INFINITY};
    assertThat(VarianceExpansion.of(infinite, 512)).isNull();
  }

  private static void assertSame(
      ProblemBuilder problem, double @Nullable [] rewards, double tolerance) {
    int m = problem.features.columns();
    Matrix sum = Matrix.scaledIdentity(m, CandidateInformation.EPSILON);
    for (long pair : BruteForce.candidates(problem)) {
      BruteForce.add(problem, sum, pair, rewards == null ? 1 : BruteForce.v(rewards, pair));
    }
    double[] expected = sum.values();
    double[] actual =
        CandidateInformation.of(problem.state(), rewards == null ? null : FisherWeights.of(rewards))
            .values();
    double greatest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(actual).containsExactly(expected, within(tolerance * greatest));
    for (int j = 0; j < m; j++) {
      double diagonal = expected[j * m + j];
      assertThat(actual[j * m + j]).isCloseTo(diagonal, within(tolerance * diagonal));
    }
    assertThat(new Matrix(m, m, actual).get(0, m - 1)).isEqualTo(actual[(m - 1) * m]);
  }
}
