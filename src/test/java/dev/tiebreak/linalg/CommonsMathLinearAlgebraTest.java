package dev.tiebreak.linalg;

import static dev.tiebreak.linalg.RandomMatrices.gaussian;
import static dev.tiebreak.linalg.RandomMatrices.largestDifference;
import static dev.tiebreak.linalg.RandomMatrices.product;
import static dev.tiebreak.linalg.RandomMatrices.semidefinite;
import static dev.tiebreak.linalg.RandomMatrices.transpose;
import static dev.tiebreak.linalg.RandomMatrices.vector;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommonsMathLinearAlgebraTest {

  private final LinearAlgebra algebra = new CommonsMathLinearAlgebra();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 8, 19, 70})
  void multipliesAsTheDefinitionDoes(int n) {
    Matrix a = gaussian(n, 13, 1);
    Matrix b = gaussian(13, 9, 2);
    double[] x = vector(13, 3);
    double[] y = vector(n, 4);
    assertThat(largestDifference(algebra.multiply(a, b), product(a, b))).isLessThan(1e-13);
    assertThat(algebra.multiply(a, x))
        .containsExactly(product(a, new Matrix(13, 1, x)).values(), within(1e-13));
    assertThat(algebra.multiplyTransposed(a, y))
        .containsExactly(product(transpose(a), new Matrix(n, 1, y)).values(), within(1e-12));
  }

  @Test
  void multipliesSinglePrecisionRowsInDoublePrecision() {
    Matrix a = gaussian(7, 5, 5);
    float[] rounded = new float[35];
    for (int i = 0; i < 35; i++) {
      rounded[i] = (float) a.values()[i];
      a.values()[i] = rounded[i];
    }
    Matrix b = gaussian(5, 6, 6);
    assertThat(algebra.multiply(new FloatMatrix(7, 5, rounded), b).values())
        .isEqualTo(algebra.multiply(a, b).values());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 41})
  void addsAWeightedGramToBothTriangles(int n) {
    Matrix a = gaussian(n, 11, 7);
    double[] weights = vector(n, 8);
    Matrix scaled = a.copy();
    for (int i = 0; i < scaled.values().length; i++) {
      scaled.values()[i] *= weights[i / 11];
    }
    Matrix expected = product(transpose(a), scaled);
    for (int i = 0; i < 11; i++) {
      expected.values()[i * 12] += 2;
    }
    Matrix sum = Matrix.scaledIdentity(11, 2);
    algebra.addWeightedGram(a, weights, sum);
    assertThat(largestDifference(sum, expected)).isLessThan(1e-13);
    assertThat(sum.values()).isEqualTo(transpose(sum).values());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17, 66})
  void factorIsLowerAndItsSquareIsTheMatrix(int d) {
    Matrix a = semidefinite(d, d + 3, 9);
    Cholesky cholesky = requireNonNull(algebra.cholesky(a));
    Matrix lower = cholesky.lower();
    assertThat(largestDifference(product(lower, transpose(lower)), a)).isLessThan(1e-12 * d);
    for (int i = 0; i < d; i++) {
      for (int j = i + 1; j < d; j++) {
        assertThat(lower.get(i, j)).isZero();
      }
    }
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
  void solvesAndWhitens() {
    int d = 23;
    Matrix a = semidefinite(d, 2 * d, 11);
    Cholesky cholesky = requireNonNull(algebra.cholesky(a));
    double[] b = vector(d, 12);
    double[] kept = b.clone();
    assertThat(algebra.multiply(a, cholesky.solve(b))).containsExactly(b, within(1e-11));
    assertThat(b).isEqualTo(kept);

    Matrix rows = gaussian(70, d, 13);
    Matrix whitened = cholesky.whiten(rows);
    assertThat(largestDifference(product(whitened, transpose(cholesky.lower())), rows))
        .isLessThan(1e-12);
    for (int i = 0; i < 70; i++) {
      double[] row = Arrays.copyOfRange(rows.values(), i * d, (i + 1) * d);
      double[] white = Arrays.copyOfRange(whitened.values(), i * d, (i + 1) * d);
      double quadratic = RowKernels.dot(row, 0, cholesky.solve(row), d);
      assertThat(RowKernels.dot(white, 0, white, d)).isCloseTo(quadratic, within(1e-11));
    }
  }

  @Test
  void logDeterminantHoldsWhereTheDeterminantOverflows() {
    Cholesky huge = requireNonNull(algebra.cholesky(Matrix.scaledIdentity(50, 1e300)));
    assertThat(huge.logDeterminant()).isCloseTo(50 * Math.log(1e300), within(1e-9));
    Cholesky tiny = requireNonNull(algebra.cholesky(Matrix.scaledIdentity(50, 1e-300)));
    assertThat(tiny.logDeterminant()).isCloseTo(50 * Math.log(1e-300), within(1e-9));
  }

  @Test
  void whatIsNotPositiveDefiniteHasNoFactor() {
    assertThat(algebra.cholesky(Matrix.zeros(3, 3))).isNull();
    assertThat(algebra.cholesky(Matrix.scaledIdentity(3, -1))).isNull();
    assertThat(algebra.cholesky(Matrix.scaledIdentity(3, Double.NaN))).isNull();
    assertThat(algebra.cholesky(new Matrix(2, 2, new double[] {1, 2, 2, 1}))).isNull();
  }

  @Test
  void anEmptyMatrixHasAFactorAndASpectrum() {
    Cholesky empty = requireNonNull(algebra.cholesky(Matrix.zeros(0, 0)));
    assertThat(empty.logDeterminant()).isZero();
    assertThat(empty.solve(new double[0])).isEmpty();
    assertThat(empty.whiten(Matrix.zeros(4, 0)).rows()).isEqualTo(4);
    assertThat(algebra.eigen(Matrix.zeros(0, 0)).values()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 20, 60})
  void spectrumOfEveryRankGivesTheMatrixBack(int rank) {
    int d = 60;
    for (double scale : new double[] {1, 1e-60, 1e60}) {
      Matrix a = scaled(semidefinite(d, rank, rank), scale);
      assertSpectrumOf(a, algebra.eigen(a));
    }
  }

  @Test
  void spectraThatTrapQlComeOut() {
    assertSpectrumOf(Matrix.zeros(9, 9), algebra.eigen(Matrix.zeros(9, 9)));
    assertSpectrumOf(Matrix.scaledIdentity(9, -2), algebra.eigen(Matrix.scaledIdentity(9, -2)));
    Matrix graded = semidefinite(40, 40, 21);
    for (int i = 0; i < graded.values().length; i++) {
      graded.values()[i] *= Math.pow(10, -(i / 40) - i % 40);
    }
    assertSpectrumOf(graded, algebra.eigen(graded));
  }

  @Test
  void jacobiRotationsAgreeWithQl() {
    Matrix a = semidefinite(30, 12, 22);
    CommonsMathEigen.Pairs pairs = JacobiEigen.decompose(RowKernels.rows(a));
    double[] values = pairs.values().clone();
    Arrays.sort(values);
    double[] expected = algebra.eigen(a).values().clone();
    Arrays.sort(expected);
    assertThat(values).containsExactly(expected, within(1e-12 * expected[29]));
    Matrix vectors = Matrix.zeros(30, 30);
    for (int i = 0; i < 900; i++) {
      vectors.values()[i] = pairs.vectors()[i % 30][i / 30];
    }
    assertSpectrumOf(a, new SymmetricEigen(pairs.values(), vectors), false);
  }

  @Test
  void vectorsPointTheSameWayWhateverTheLibrarySays() {
    SymmetricEigen eigen = algebra.eigen(semidefinite(15, 15, 23));
    for (int j = 0; j < 15; j++) {
      double largest = 0;
      for (int i = 0; i < 15; i++) {
        double entry = eigen.vectors().get(i, j);
        largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
      }
      assertThat(largest).isPositive();
    }
  }

  @Test
  void mismatchesNameBothShapes() {
    Matrix a = Matrix.zeros(2, 3);
    assertThatThrownBy(() -> algebra.multiply(a, Matrix.zeros(4, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("4 × 5", "2 × 3");
    assertThatThrownBy(() -> algebra.multiply(FloatMatrix.zeros(2, 3), Matrix.zeros(4, 5)))
        .hasMessageContainingAll("4 × 5", "2 × 3");
    assertThatThrownBy(() -> algebra.multiply(a, new double[2])).hasMessageContaining("2 × 3");
    assertThatThrownBy(() -> algebra.multiplyTransposed(a, new double[3]))
        .hasMessageContaining("2 × 3");
    assertThatThrownBy(() -> algebra.addWeightedGram(a, new double[2], Matrix.zeros(2, 2)))
        .hasMessageContainingAll("2 × 2", "2 × 3");
    assertThatThrownBy(() -> algebra.cholesky(a)).hasMessageContaining("2 × 3");
    assertThatThrownBy(() -> algebra.eigen(a)).hasMessageContaining("2 × 3");
    assertThatThrownBy(() -> algebra.eigen(Matrix.scaledIdentity(2, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Matrix scaled(Matrix a, double factor) {
    double[] values = Arrays.stream(a.values()).map(value -> value * factor).toArray();
    return new Matrix(a.rows(), a.columns(), values);
  }

  private static void assertSpectrumOf(Matrix a, SymmetricEigen eigen) {
    assertSpectrumOf(a, eigen, true);
  }

  private static void assertSpectrumOf(Matrix a, SymmetricEigen eigen, boolean descending) {
    int d = a.rows();
    Matrix v = eigen.vectors();
    Matrix vs = v.copy();
    double largest = Double.MIN_NORMAL;
    for (int i = 0; i < d * d; i++) {
      vs.values()[i] *= eigen.values()[i % d];
      largest = Math.max(largest, Math.abs(eigen.values()[i % d]));
    }
    assertThat(largestDifference(product(transpose(v), v), Matrix.scaledIdentity(d, 1)))
        .isLessThan(1e-12);
    assertThat(largestDifference(product(vs, transpose(v)), a)).isLessThan(1e-13 * d * largest);
    for (int j = 1; descending && j < d; j++) {
      assertThat(eigen.values()[j]).isLessThanOrEqualTo(eigen.values()[j - 1]);
    }
  }
}
