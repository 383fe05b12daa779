package dev.tiebreak.linalg;

import static dev.tiebreak.linalg.RandomMatrices.gaussian;
import static dev.tiebreak.linalg.RandomMatrices.largestDifference;
import static dev.tiebreak.linalg.RandomMatrices.rounded;
import static dev.tiebreak.linalg.RandomMatrices.scaled;
import static dev.tiebreak.linalg.RandomMatrices.semidefinite;
import static dev.tiebreak.linalg.RandomMatrices.vector;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all kernels, on every backend. */
@ParameterizedClass
@EnumSource(TestBackend.class)
final class LinearAlgebraTest {

  private final TestBackend backend;
  private final LinearAlgebra algebra;

  LinearAlgebraTest(TestBackend backend) {
    this.backend = backend;
    this.algebra = backend.open(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 64, 65, 130, 301, 600})
  void threadsDoNotChangeABit(int d) {
    List<double[]> alone = everything(backend.open(1), d);
    for (int threads = 2; threads <= 3; threads++) {
      List<double[]> together = everything(backend.open(threads), d);
      for (int i = 0; i < alone.size(); i++) {
        assertThat(together.get(i)).isEqualTo(alone.get(i));
      }
    }
  }

  /** Results of the kernels, of order 1. */
  static List<double[]> everything(LinearAlgebra algebra, int d) {
    Matrix a = scaled(gaussian(2 * d + 40, d, 36), 1 / Math.sqrt(2 * d + 40));
    double[] weights = new double[a.rows()];
    Arrays.setAll(weights, i -> 1 + 0.5 * Math.sin(i));
    Matrix information = Matrix.scaledIdentity(d, 0.5);
    algebra.addWeightedGram(a, weights, information);
    Cholesky cholesky = requireNonNull(algebra.cholesky(information));
    return List.of(
        information.values(),
        gram(algebra, rounded(a)).values(),
        algebra.multiply(a, information).values(),
        algebra.multiply(rounded(a), information).values(),
        algebra.multiply(a, vector(d, 37)),
        algebra.multiplyTransposed(a, weights),
        transposedProduct(algebra, a).values(),
        cholesky.lower().values(),
        cholesky.whiten(a).values(),
        cholesky.solve(vector(d, 38)),
        new double[] {cholesky.logDeterminant()},
        algebra.eigen(information).values());
  }

  private static Matrix transposedProduct(LinearAlgebra algebra, Matrix a) {
    Matrix product = Matrix.zeros(a.columns(), a.columns());
    algebra.addTransposedProduct(a, a, product);
    return product;
  }

  private static Matrix gram(LinearAlgebra algebra, FloatMatrix a) {
    Matrix gram = Matrix.zeros(a.columns(), a.columns());
    algebra.addGram(a, gram);
    return gram;
  }

  @Test
  void isSafeToShare() {
    List<double[]> alone = everything(algebra, 90);
    List<List<double[]>> beside =
        IntStream.range(0, 12).parallel().mapToObj(i -> everything(algebra, 90)).toList();
    for (List<double[]> results : beside) {
      for (int i = 0; i < alone.size(); i++) {
        assertThat(largestDifference(results.get(i), alone.get(i))).isLessThan(1e-12);
      }
    }
  }

  @Test
  void argumentsAreNotChangedAndResultsAreNew() {
    Matrix a = semidefinite(80, 90, 39);
    Matrix kept = a.copy();
    Cholesky cholesky = requireNonNull(algebra.cholesky(a));
    Matrix white = cholesky.whiten(a);
    algebra.eigen(a);
    algebra.multiply(a, a);
    algebra.addWeightedGram(a, new double[80], Matrix.zeros(80, 80));
    assertThat(a.values()).isEqualTo(kept.values());
    Arrays.fill(cholesky.lower().values(), 0);
    Arrays.fill(a.values(), 0);
    assertThat(cholesky.whiten(kept).values()).isEqualTo(white.values());
  }

  @Test
  void readsOnlyTheLowerTriangle() {
    Matrix a = semidefinite(6, 9, 10);
    Matrix spoilt = a.copy();
    for (int i = 0; i < 6; i++) {
      Arrays.fill(spoilt.values(), i * 6 + i + 1, (i + 1) * 6, Double.NaN);
    }
    assertThat(requireNonNull(algebra.cholesky(spoilt)).lower())
        .usingRecursiveComparison()
        .isEqualTo(requireNonNull(algebra.cholesky(a)).lower());
    assertThat(algebra.eigen(spoilt).values()).isEqualTo(algebra.eigen(a).values());
  }

  @Test
  void anEmptyMatrixHasAFactorAndASpectrum() {
    Cholesky empty = requireNonNull(algebra.cholesky(Matrix.zeros(0, 0)));
    assertThat(empty.logDeterminant()).isZero();
    assertThat(empty.solve(new double[0])).isEmpty();
    assertThat(empty.whiten(Matrix.zeros(4, 0)).rows()).isEqualTo(4);
    assertThat(algebra.eigen(Matrix.zeros(0, 0)).values()).isEmpty();
  }

  @Test
  void mismatchesNameBothShapes() {
    Matrix a = Matrix.zeros(2, 3);
    assertThatThrownBy(() -> algebra.multiply(a, Matrix.zeros(4, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("4 × 5", "2 × 3");
    assertThatThrownBy(() -> algebra.multiply(FloatMatrix.allocate(2, 3), Matrix.zeros(4, 5)))
        .hasMessageContainingAll("4 × 5", "2 × 3");
    assertThatThrownBy(() -> algebra.multiply(a, new double[2])).hasMessageContaining("2 × 3");
    assertThatThrownBy(() -> algebra.multiplyTransposed(a, new double[3]))
        .hasMessageContaining("2 × 3");
    assertThatThrownBy(() -> algebra.addTransposedProduct(a, Matrix.zeros(3, 3), a))
        .hasMessageContainingAll("3 × 3", "2 × 3");
    assertThatThrownBy(() -> algebra.addTransposedProduct(a, a, a))
        .hasMessageContainingAll("2 × 3", "3 × 3");
    assertThatThrownBy(() -> algebra.addWeightedGram(a, new double[2], Matrix.zeros(2, 2)))
        .hasMessageContainingAll("2 × 2", "2 × 3");
    assertThatThrownBy(() -> algebra.addWeightedGram(a, new double[3], Matrix.zeros(3, 3)))
        .hasMessageContainingAll("3 × 1", "2 × 3");
    assertThatThrownBy(() -> algebra.addGram(FloatMatrix.allocate(2, 3), Matrix.zeros(2, 2)))
        .hasMessageContainingAll("2 × 2", "2 × 3");
    assertThatThrownBy(() -> algebra.cholesky(a)).hasMessageContaining("2 × 3");
    assertThatThrownBy(() -> algebra.eigen(a)).hasMessageContaining("2 × 3");
    assertThatThrownBy(() -> algebra.eigen(Matrix.scaledIdentity(2, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
