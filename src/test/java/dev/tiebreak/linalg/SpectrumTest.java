package dev.tiebreak.linalg;

import static dev.tiebreak.linalg.RandomMatrices.largestDifference;
import static dev.tiebreak.linalg.RandomMatrices.product;
import static dev.tiebreak.linalg.RandomMatrices.scaled;
import static dev.tiebreak.linalg.RandomMatrices.semidefinite;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spectra, on every backend. */
@ParameterizedClass
@EnumSource(TestBackend.class)
final class SpectrumTest {

  private final LinearAlgebra algebra;

  SpectrumTest(TestBackend backend) {
    this.algebra = backend.open(2);
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

  static void assertSpectrumOf(Matrix a, SymmetricEigen eigen) {
    int d = a.rows();
    Matrix v = eigen.vectors();
    Matrix vs = v.copy();
    double largest = Double.MIN_NORMAL;
    for (int i = 0; i < d * d; i++) {
      vs.values()[i] *= eigen.values()[i % d];
      largest = Math.max(largest, Math.abs(eigen.values()[i % d]));
    }
    assertThat(largestDifference(product(v.transposed(), v), Matrix.scaledIdentity(d, 1)))
        .isLessThan(1e-12);
    assertThat(largestDifference(product(vs, v.transposed()), a)).isLessThan(1e-13 * d * largest);
    for (int j = 1; j < d; j++) {
      assertThat(eigen.values()[j]).isLessThanOrEqualTo(eigen.values()[j - 1]);
    }
  }
}
