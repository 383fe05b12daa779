package dev.tiebreak.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PosteriorTest {

  private final LinearAlgebra algebra = TestAlgebra.open();
  private final RandomProblem problem = RandomProblem.of(600, 6, 14, 50, 2, 7);
  private final double[] mean = mean(problem.embeddings());

  @ParameterizedTest
  @EnumSource(Prior.class)
  void rewardsAndDeviationsAgreeWithAFullInverse(Prior prior) {
    Fit fit = fit(prior);
    Posterior.Scores scores = fit.posterior(algebra).rewards(problem.embeddings(), mean, algebra);
    Matrix z = fit.map().apply(problem.embeddings());
    Matrix centre = fit.map().apply(new Matrix(1, 14, mean));
    RealMatrix inverse = inverse(fit.information());
    for (int i = 0; i < 600; i++) {
      double[] x = new double[fit.components()];
      for (int j = 0; j < x.length; j++) {
        x[j] = z.get(i, j) - centre.get(0, j);
      }
      double variance = Objective.dot(x, inverse.operate(x));
      assertThat(scores.standardDeviations()[i])
          .isCloseTo(Math.sqrt(variance), within(1e-10 * Math.sqrt(variance)));
      assertThat(scores.rewards()[i])
          .isCloseTo(Objective.dot(x, fit.coefficients()), within(1e-10));
    }
  }

  @ParameterizedTest
  @EnumSource(Prior.class)
  void isRebuiltFromWhatWasStored(Prior prior) {
    Posterior posterior = fit(prior).posterior(algebra);
    Posterior restored =
        new Posterior(
            posterior.weights().clone(),
            new Matrix(
                posterior.deviationMap().rows(), 14, posterior.deviationMap().values().clone()));
    assertThat(restored.rewards(problem.embeddings(), mean, algebra))
        .usingRecursiveComparison()
        .isEqualTo(posterior.rewards(problem.embeddings(), mean, algebra));
  }

  @Test
  void rewardsAreCentred() {
    double sum = 0;
    for (double reward :
        fit(Prior.SPECTRAL)
            .posterior(algebra)
            .rewards(problem.embeddings(), mean, algebra)
            .rewards()) {
      sum += reward;
    }
    assertThat(sum).isCloseTo(0, within(1e-9));
  }

  @Test
  void withoutVerdictsOrPairsThereIsNothingToTell() {
    FloatMatrix one = FloatMatrix.of(1, 2, new float[] {3, 4});
    EmbeddingSpectrum spectrum = EmbeddingSpectrum.of(one, new int[1], algebra);
    Fit fit =
        new LastLayer(algebra)
            .fit(
                one,
                spectrum,
                Judgements.none(),
                PriorSpecification.automatic(Prior.SPECTRAL),
                null);
    Posterior posterior = fit.posterior(algebra);
    assertThat(posterior.deviationMap().rows()).isZero();
    Posterior.Scores scores = posterior.rewards(one, new double[2], algebra);
    assertThat(scores.rewards()).containsExactly(0);
    assertThat(scores.standardDeviations()).containsExactly(0);
  }

  @Test
  void mismatchesNameBothShapes() {
    assertThatThrownBy(() -> new Posterior(new double[2], Matrix.zeros(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 weights for a map of 2 × 3");
    Posterior posterior = new Posterior(new double[3], Matrix.zeros(2, 3));
    assertThatThrownBy(() -> posterior.rewards(FloatMatrix.allocate(5, 4), new double[3], algebra))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("5 × 4", "3 weights");
  }

  private Fit fit(Prior prior) {
    EmbeddingSpectrum spectrum =
        EmbeddingSpectrum.of(problem.embeddings(), problem.promptOf(), algebra);
    return new LastLayer(algebra)
        .fit(
            problem.embeddings(),
            spectrum,
            problem.judgements(),
            PriorSpecification.automatic(prior),
            null);
  }

  private static RealMatrix inverse(Matrix a) {
    Array2DRowRealMatrix copy = new Array2DRowRealMatrix(a.rows(), a.columns());
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < a.columns(); j++) {
        copy.setEntry(i, j, a.get(i, j));
      }
    }
    return new LUDecomposition(copy).getSolver().getInverse();
  }

  private static double[] mean(FloatMatrix embeddings) {
    double[] mean = new double[embeddings.columns()];
    for (int i = 0; i < embeddings.rows(); i++) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += (double) embeddings.get(i, j) / embeddings.rows();
      }
    }
    return mean;
  }
}
