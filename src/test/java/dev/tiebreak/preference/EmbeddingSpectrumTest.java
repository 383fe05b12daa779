package dev.tiebreak.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddingSpectrumTest {

  private final LinearAlgebra algebra = TestAlgebra.open();

  @Test
  void isTheMeanOverInPromptPairsWhateverTheOrderOfRows() {
    FloatMatrix e = RandomProblem.of(1300, 5, 6, 0, 1, 1).embeddings();
    int[] promptOf = IntStream.range(0, 1300).map(i -> (i * 7919) % 431).toArray();
    EmbeddingSpectrum spectrum = EmbeddingSpectrum.of(e, promptOf, algebra);
    Matrix expected = byEnumeration(e, promptOf, false);
    assertThat(sigma(spectrum).values()).containsExactly(expected.values(), within(1e-12));
    assertThat(spectrum.meanSquaredDifference()).isCloseTo(trace(expected), within(1e-12));
    double sum = 0;
    for (double s : spectrum.values()) {
      sum += s;
    }
    assertThat(sum).isCloseTo(trace(expected), within(1e-12));
  }

  @Test
  void isTheMeanOverAllPairsWhereNoPromptHasTwoResponses() {
    FloatMatrix e = RandomProblem.of(9, 1, 4, 0, 1, 2).embeddings();
    int[] promptOf = IntStream.range(0, 9).toArray();
    assertThat(sigma(EmbeddingSpectrum.of(e, promptOf, algebra)).values())
        .containsExactly(byEnumeration(e, promptOf, true).values(), within(1e-13));
  }

  @Test
  void isZeroWithoutPairsAndWhereAllEmbeddingsAreEqual() {
    FloatMatrix equal = FloatMatrix.of(3, 2, new float[] {.1f, 7e9f, .1f, 7e9f, .1f, 7e9f});
    for (EmbeddingSpectrum spectrum :
        new EmbeddingSpectrum[] {
          EmbeddingSpectrum.of(FloatMatrix.allocate(0, 2), new int[0], algebra),
          EmbeddingSpectrum.of(FloatMatrix.of(1, 2, new float[] {1, 2}), new int[1], algebra),
          EmbeddingSpectrum.of(equal, new int[] {4, 4, 4}, algebra)
        }) {
      assertThat(spectrum.meanSquaredDifference()).isZero();
      assertThat(sigma(spectrum).values()).containsOnly(0);
      assertThat(FeatureMap.spectral(spectrum, 1, algebra).components()).isZero();
    }
  }

  @Test
  void aCommonOffsetCostsNoDigits() {
    FloatMatrix e = RandomProblem.of(40, 4, 3, 0, 1, 3).embeddings();
    float[] shifted = e.toArray();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = Math.round(shifted[i] * 64) / 64f;
      e.set(i / 3, i % 3, shifted[i]);
      shifted[i] += 65536;
    }
    int[] promptOf = IntStream.range(0, 40).map(i -> i / 4).toArray();
    assertThat(EmbeddingSpectrum.of(FloatMatrix.of(40, 3, shifted), promptOf, algebra).values())
        .containsExactly(EmbeddingSpectrum.of(e, promptOf, algebra).values(), within(1e-10));
  }

  @Test
  void rejectsPromptsThatDoNotMatch() {
    FloatMatrix e = FloatMatrix.allocate(3, 2);
    assertThatThrownBy(() -> EmbeddingSpectrum.of(e, new int[2], algebra))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 prompts for embeddings of 3 × 2");
    assertThatThrownBy(() -> EmbeddingSpectrum.of(e, new int[] {0, -1, 0}, algebra))
        .hasMessage("prompt of row 1 is -1");
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9, 40})
  void fewerRowsThanDimensionsAreDecomposedByTheirProducts(int dimension) {
    FloatMatrix e = RandomProblem.of(9, 1, dimension, 0, 1, 2).embeddings();
    int[] promptOf = {0, 0, 0, 1, 1, 1, 2, 2, 3};
    EmbeddingSpectrum spectrum = EmbeddingSpectrum.of(e, promptOf, algebra);
    Matrix expected = byEnumeration(e, promptOf, false);
    assertThat(sigma(spectrum).values()).containsExactly(expected.values(), within(1e-13));
    double[] direct = algebra.eigen(expected).values();
    for (int j = 0; j < Math.min(5, dimension); j++) {
      assertThat(spectrum.values()[j]).isCloseTo(direct[j], within(1e-13));
      double squares = 0;
      double largest = 0;
      for (int i = 0; i < dimension; i++) {
        double entry = spectrum.vectors().get(i, j);
        squares += entry * entry;
        largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
      }
      assertThat(squares).isCloseTo(1, within(1e-12));
      assertThat(largest).isPositive();
    }
    assertThat(FeatureMap.spectral(spectrum, 0, algebra).components())
        .isEqualTo(Math.min(5, dimension));
  }

  /** V diag(s) Vᵀ. */
  private static Matrix sigma(EmbeddingSpectrum spectrum) {
    int d = spectrum.dimension();
    Matrix v = spectrum.vectors();
    Matrix sigma = Matrix.zeros(d, d);
    for (int p = 0; p < d; p++) {
      for (int q = 0; q < d; q++) {
        for (int j = 0; j < v.columns(); j++) {
          sigma.values()[p * d + q] += v.get(p, j) * spectrum.values()[j] * v.get(q, j);
        }
      }
    }
    return sigma;
  }

  private static Matrix byEnumeration(FloatMatrix e, int[] promptOf, boolean all) {
    int d = e.columns();
    Matrix sum = Matrix.zeros(d, d);
    int pairs = 0;
    for (int a = 0; a < e.rows(); a++) {
      for (int b = a + 1; b < e.rows(); b++) {
        if (all || promptOf[a] == promptOf[b]) {
          pairs++;
          for (int i = 0; i < d * d; i++) {
            double x = (double) e.get(a, i / d) - e.get(b, i / d);
            sum.values()[i] += x * ((double) e.get(a, i % d) - e.get(b, i % d));
          }
        }
      }
    }
    for (int i = 0; i < d * d; i++) {
      sum.values()[i] /= pairs;
    }
    return sum;
  }

  private static double trace(Matrix a) {
    double sum = 0;
    for (int j = 0; j < a.rows(); j++) {
      sum += a.get(j, j);
    }
    return sum;
  }
}
