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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend does; each one's test extends it. */
abstract class LinearAlgebraKit {

  final LinearAlgebra algebra = open(2);

  /** The backend under test. */
  abstract LinearAlgebra open(int threads);

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
    Matrix c = gaussian(n, 9, 5);
    Matrix sum = Matrix.zeros(13, 9);
    algebra.addTransposedProduct(a, c, sum);
    algebra.addTransposedProduct(a, c, sum);
    assertThat(largestDifference(sum, product(transpose(a), times(c, 2)))).isLessThan(1e-12);
  }

  private static Matrix times(Matrix a, double factor) {
    return new Matrix(
        a.rows(), a.columns(), Arrays.stream(a.values()).map(v -> factor * v).toArray());
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
    assertThat(algebra.multiply(FloatMatrix.of(7, 5, rounded), b).values())
        .containsExactly(algebra.multiply(a, b).values(), within(1e-14));
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
  @CsvSource({
    "0, 5",
    "1, 1",
    "1, 9",
    "9, 0",
    "7, 13",
    "300, 70",
    "70, 300",
    "1500, 33",
    "600, 257"
  })
  void addsGramsOfEveryShapeInBothPrecisions(int n, int d) {
    Matrix a = gaussian(n, d, 31);
    FloatMatrix rows = rounded(a);
    double[] weights = vector(n, 32); // of both signs
    Matrix scaled = scaledRows(a, weights);
    Matrix sum = Matrix.zeros(d, d);
    algebra.addWeightedGram(rows, weights, sum);
    assertThat(largestDifference(sum, product(transpose(a), scaled)))
        .isLessThan(1e-15 * (n + 9) * 9);
    assertThat(sum.values()).isEqualTo(transpose(sum).values());

    Matrix single = Matrix.scaledIdentity(d, 3);
    algebra.addGram(rows, single);
    Matrix expected = product(transpose(a), a);
    for (int i = 0; i < d; i++) {
      expected.values()[i * d + i] += 3;
    }
    assertThat(largestDifference(single, expected)).isLessThan(2e-6 * (n + 1));
    assertThat(single.values()).isEqualTo(transpose(single).values());
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-30f, 1e-12f, 1e12f, 1e18f})
  void gramsNeitherOverflowNorVanish(float scale) {
    Matrix a = scaled(gaussian(20, 6, 33), scale);
    FloatMatrix rows = rounded(a);
    Matrix sum = Matrix.zeros(6, 6);
    algebra.addGram(rows, sum);
    double square = (double) scale * scale;
    assertThat(largestDifference(sum, product(transpose(a), a))).isLessThan(1e-4 * square);
    assertThat(sum.get(0, 0)).isGreaterThan(square);
  }

  @Test
  void whatIsNotANumberStaysInItsRowsAndColumns() {
    Matrix a = gaussian(50, 20, 34);
    a.values()[3 * 20 + 7] = Double.NaN;
    Matrix sum = Matrix.zeros(20, 20);
    double[] ones = new double[50];
    Arrays.fill(ones, 1);
    algebra.addWeightedGram(a, ones, sum);
    Matrix single = Matrix.zeros(20, 20);
    algebra.addGram(rounded(a), single);
    Matrix product = algebra.multiply(a, gaussian(20, 20, 35));
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 20; j++) {
        assertThat(Double.isNaN(sum.get(i, j))).isEqualTo(i == 7 || j == 7);
        assertThat(Double.isNaN(single.get(i, j))).isEqualTo(i == 7 || j == 7);
        assertThat(Double.isNaN(product.get(i, j))).isEqualTo(i == 3);
      }
    }
    assertThat(algebra.cholesky(sum)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 64, 65, 130, 301})
  void threadsDoNotCount(int d) {
    LinearAlgebra one = open(1);
    List<double[]> alone = everything(one, d);
    List<double[]> together = everything(open(3), d);
    for (int i = 0; i < alone.size(); i++) {
      assertThat(largestDifference(together.get(i), alone.get(i))).isLessThan(1e-12);
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
  void factorsWhatIsJustDefinite() {
    Matrix a = semidefinite(120, 40, 40); // of rank 40
    double largest = algebra.eigen(a).values()[0];
    for (int i = 0; i < 120; i++) {
      a.values()[i * 121] += 1e-9 * largest;
    }
    Cholesky cholesky = requireNonNull(algebra.cholesky(a));
    Matrix lower = cholesky.lower();
    assertThat(largestDifference(product(lower, transpose(lower)), a)).isLessThan(1e-13 * largest);
    for (int i = 0; i < 120; i++) {
      a.values()[i * 121] -= 2e-9 * largest;
    }
    assertThat(algebra.cholesky(a)).isNull();
  }

  @Test
  void whitensSingleRowsAsDoubles() {
    Cholesky cholesky = requireNonNull(algebra.cholesky(semidefinite(37, 60, 41)));
    Matrix rows = gaussian(300, 37, 42);
    FloatMatrix single = rounded(rows);
    Matrix whitened = cholesky.whiten(rows);
    float[] expected = new float[300 * 37];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (float) whitened.values()[i];
    }
    assertThat(cholesky.whiten(single).toArray()).containsExactly(expected, within(1e-6f));
    assertThatThrownBy(() -> cholesky.whiten(FloatMatrix.allocate(2, 36)))
        .hasMessageContainingAll("2 × 36", "37");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17, 66, 129, 260})
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

  static Matrix scaled(Matrix a, double factor) {
    double[] values = Arrays.stream(a.values()).map(value -> value * factor).toArray();
    return new Matrix(a.rows(), a.columns(), values);
  }

  static void assertSpectrumOf(Matrix a, SymmetricEigen eigen) {
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
    for (int j = 1; j < d; j++) {
      assertThat(eigen.values()[j]).isLessThanOrEqualTo(eigen.values()[j - 1]);
    }
  }

  private static Matrix scaledRows(Matrix a, double[] weights) {
    Matrix scaled = a.copy();
    for (int i = 0; i < scaled.values().length; i++) {
      scaled.values()[i] *= weights[i / a.columns()];
    }
    return scaled;
  }

  /** Single precision, to which {@code a} is rounded too. */
  static FloatMatrix rounded(Matrix a) {
    float[] values = new float[a.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) a.values()[i];
      a.values()[i] = values[i];
    }
    return FloatMatrix.of(a.rows(), a.columns(), values);
  }
}
