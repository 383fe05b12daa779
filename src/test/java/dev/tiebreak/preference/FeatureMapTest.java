package dev.tiebreak.preference;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FeatureMapTest {

  private final LinearAlgebra algebra = TestAlgebra.open();
  private final RandomProblem problem = RandomProblem.of(60, 4, 12, 0, 1, 1);
  private final EmbeddingSpectrum spectrum =
      EmbeddingSpectrum.of(problem.embeddings(), problem.promptOf(), algebra);

  @Test
  void theMeanSquaredDifferenceOfFeaturesIsOne() {
    for (double exponent : new double[] {0, 0.5, 1, 1.5, 2, 3, 4}) {
      Matrix z = FeatureMap.spectral(spectrum, exponent, algebra).apply(problem.embeddings());
      double sum = 0;
      int pairs = 0;
      for (int a = 0; a < z.rows(); a++) {
        for (int b = a + 1; b < z.rows() && b / 4 == a / 4; b++) {
          pairs++;
          for (int j = 0; j < z.columns(); j++) {
            sum += Math.pow(z.get(a, j) - z.get(b, j), 2);
          }
        }
      }
      assertThat(sum / pairs).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void keepsTheLeastNumberOfComponentsThatHoldTheShare() {
    assertThat(FeatureMap.scales(new double[] {1, 0.0005, 0.0004}, 0)).hasSize(1);
    assertThat(FeatureMap.scales(new double[] {1, 0.002, 0.0004}, 0)).hasSize(2);
    assertThat(FeatureMap.scales(new double[] {1, 0.03, 0.03}, 0)).hasSize(3);
    assertThat(FeatureMap.scales(new double[] {1, 0.03, 0.03}, 1)).hasSize(2);
    assertThat(FeatureMap.scales(new double[] {1, 0.03, 0.03}, 3)).hasSize(1);
    double[] flat = DoubleStream.generate(() -> 2).limit(300).toArray();
    assertThat(FeatureMap.scales(flat, 1)).hasSize(256);
    assertThat(FeatureMap.scales(new double[] {0, 0}, 1)).isEmpty();
    assertThat(FeatureMap.scales(new double[0], 1)).isEmpty();
  }

  @Test
  void scalesFollowTheirFormula() {
    double[] s = {5, 3, 1};
    double c = 1 / (Math.pow(5, 2.5) + Math.pow(3, 2.5) + 1);
    double[] expected = Arrays.stream(s).map(v -> Math.sqrt(c) * Math.pow(v, 0.75)).toArray();
    assertThat(FeatureMap.scales(s, 1.5)).containsExactly(expected, within(1e-15));
  }

  @Test
  void powersNeitherOverflowNorVanish() {
    for (double unit : new double[] {1e-90, 1e90}) {
      double[] scales = FeatureMap.scales(new double[] {5 * unit, 3 * unit, unit}, 3);
      double[] expected = FeatureMap.scales(new double[] {5, 3, 1}, 3);
      for (int j = 0; j < expected.length; j++) {
        expected[j] /= Math.sqrt(unit);
      }
      assertThat(scales).containsExactly(expected, within(1e-14 * expected[0]));
    }
  }

  @Test
  void coefficientsAndWeightsAreInverse() {
    FeatureMap map = FeatureMap.spectral(spectrum, 2, algebra);
    double[] u = IntStream.range(0, map.components()).mapToDouble(j -> 1.5 - j).toArray();
    assertThat(map.toCoefficients(map.toWeights(u))).containsExactly(u, within(1e-10));
    double[] byFeatures = algebra.multiply(map.apply(problem.embeddings()), u);
    Matrix rows = FeatureMap.isotropic(12, algebra).apply(problem.embeddings());
    assertThat(algebra.multiply(rows, map.toWeights(u))).containsExactly(byFeatures, within(1e-12));
    assertThat(map.apply(rows).values())
        .isEqualTo(algebra.multiply(rows, requireNonNull(map.matrix())).values());
  }

  @Test
  void theIsotropicMapIsTheIdentity() {
    FeatureMap map = FeatureMap.isotropic(12, algebra);
    assertThat(map.components()).isEqualTo(12);
    assertThat(map.matrix()).isNull();
    assertThat(map.apply(problem.embeddings()).get(7, 3)).isEqualTo(problem.embeddings().get(7, 3));
    double[] u = new double[12];
    u[3] = 2;
    assertThat(map.toWeights(u)).isEqualTo(u).isNotSameAs(u);
    assertThat(map.toCoefficients(u)).isEqualTo(u);
  }

  @Test
  void mismatchesNameBothShapes() {
    FeatureMap map = FeatureMap.isotropic(12, algebra);
    assertThatThrownBy(() -> map.apply(FloatMatrix.allocate(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 × 3 for a map from 12 to 12");
    assertThatThrownBy(() -> map.toWeights(new double[3])).hasMessageContainingAll("3", "12");
    assertThatThrownBy(() -> map.toCoefficients(new double[3])).hasMessageContainingAll("3", "12");
  }
}
