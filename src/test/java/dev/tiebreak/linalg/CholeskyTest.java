package dev.tiebreak.linalg;

import static dev.tiebreak.linalg.RandomMatrices.gaussian;
import static dev.tiebreak.linalg.RandomMatrices.largestDifference;
import static dev.tiebreak.linalg.RandomMatrices.product;
import static dev.tiebreak.linalg.RandomMatrices.rounded;
import static dev.tiebreak.linalg.RandomMatrices.scaled;
import static dev.tiebreak.linalg.RandomMatrices.semidefinite;
import static dev.tiebreak.linalg.RandomMatrices.vector;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cholesky factors and triangular solves, on every backend. */
@ParameterizedClass
@EnumSource(TestBackend.class)
final class CholeskyTest {

  private final LinearAlgebra algebra;

  CholeskyTest(TestBackend backend) {
    this.algebra = backend.open(2);
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
    assertThat(largestDifference(product(lower, lower.transposed()), a))
        .isLessThan(1e-13 * largest);
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
    assertThat(largestDifference(product(lower, lower.transposed()), a)).isLessThan(1e-12 * d);
    for (int i = 0; i < d; i++) {
      for (int j = i + 1; j < d; j++) {
        assertThat(lower.get(i, j)).isZero();
      }
    }
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
    assertThat(largestDifference(product(whitened, cholesky.lower().transposed()), rows))
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

  /** Errors as substitution has them, by rows that are made from their solution. */
  @ParameterizedTest
  @ValueSource(ints = {5, 32, 33, 100, 200})
  void solvesIllConditionedFactorsAsSubstitutionDoes(int d) {
    for (double spread : new double[] {1e3, 1e6}) {
      Matrix lower = illConditioned(d, spread);
      Cholesky cholesky = requireNonNull(algebra.cholesky(product(lower, lower.transposed())));
      Matrix factor = cholesky.lower();
      Matrix rows = gaussian(40, d, 43);
      Matrix whitened = cholesky.whiten(rows);
      Matrix expected = substituted(factor, rows);
      for (int i = 0; i < 40; i++) {
        double norm = 0;
        double error = 0;
        for (int j = 0; j < d; j++) {
          norm = Math.max(norm, Math.abs(expected.get(i, j)));
          error = Math.max(error, Math.abs(expected.get(i, j) - whitened.get(i, j)));
        }
        assertThat(error).isLessThan(1e-15 * spread * d * norm);
      }
      assertThat(largestDifference(product(whitened, factor.transposed()), rows))
          .isLessThan(1e-15 * spread * d * 10);
    }
  }

  /** Lower triangular, its diagonal falling from 1 to 1 / spread, its rows correlated. */
  private static Matrix illConditioned(int d, double spread) {
    Matrix lower = scaled(gaussian(d, d, 44), 1 / Math.sqrt(d));
    for (int i = 0; i < d; i++) {
      double pivot = Math.pow(spread, -(double) i / Math.max(1, d - 1));
      for (int j = 0; j < d; j++) {
        lower.values()[i * d + j] *= j < i ? pivot : 0;
      }
      lower.values()[i * d + i] = pivot;
    }
    return lower;
  }

  private static Matrix substituted(Matrix lower, Matrix rows) {
    Matrix solved = rows.copy();
    int d = lower.rows();
    for (int r = 0; r < rows.rows(); r++) {
      for (int i = 0; i < d; i++) {
        double sum = solved.get(r, i);
        for (int k = 0; k < i; k++) {
          sum -= lower.get(i, k) * solved.get(r, k);
        }
        solved.values()[r * d + i] = sum / lower.get(i, i);
      }
    }
    return solved;
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "63, 62", "129, 40", "300, 299"})
  void whatLosesDefinitenessLateHasNoFactor(int d, int place) {
    Matrix a = Matrix.scaledIdentity(d, 1);
    if (d > 0) {
      a.values()[place * d + place] = -1e-3;
      assertThat(algebra.cholesky(a)).isNull();
      a.values()[place * d + place] = Double.POSITIVE_INFINITY;
      assertThat(algebra.cholesky(a)).isNull();
    } else {
      assertThat(requireNonNull(algebra.cholesky(a)).size()).isZero();
    }
  }

  @Test
  void whitensOneRowAndNone() {
    Cholesky cholesky = requireNonNull(algebra.cholesky(semidefinite(70, 90, 45)));
    Matrix many = gaussian(300, 70, 46);
    Matrix one = new Matrix(1, 70, Arrays.copyOf(many.values(), 70));
    assertThat(cholesky.whiten(one).values())
        .containsExactly(Arrays.copyOf(cholesky.whiten(many).values(), 70), within(1e-12));
    assertThat(cholesky.whiten(Matrix.zeros(0, 70)).rows()).isZero();
    assertThat(cholesky.whiten(FloatMatrix.allocate(0, 70)).rows()).isZero();
    Cholesky scalar = requireNonNull(algebra.cholesky(Matrix.scaledIdentity(1, 4)));
    assertThat(scalar.whiten(new Matrix(2, 1, new double[] {2, 3})).values())
        .containsExactly(1, 1.5);
  }
}
