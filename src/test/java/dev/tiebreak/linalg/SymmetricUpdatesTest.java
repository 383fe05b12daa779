package dev.tiebreak.linalg;

import static dev.tiebreak.linalg.RandomMatrices.gaussian;
import static dev.tiebreak.linalg.RandomMatrices.largestDifference;
import static dev.tiebreak.linalg.RandomMatrices.product;
import static dev.tiebreak.linalg.RandomMatrices.rounded;
import static dev.tiebreak.linalg.RandomMatrices.scaled;
import static dev.tiebreak.linalg.RandomMatrices.scaledRows;
import static dev.tiebreak.linalg.RandomMatrices.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Symmetric updates, on every backend. */
@ParameterizedClass
@EnumSource(TestBackend.class)
final class SymmetricUpdatesTest {

  private final LinearAlgebra algebra;

  SymmetricUpdatesTest(TestBackend backend) {
    this.algebra = backend.open(2);
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
    Matrix expected = product(a.transposed(), scaled);
    for (int i = 0; i < 11; i++) {
      expected.values()[i * 12] += 2;
    }
    Matrix sum = Matrix.scaledIdentity(11, 2);
    algebra.addWeightedGram(a, weights, sum);
    assertThat(largestDifference(sum, expected)).isLessThan(1e-13);
    assertThat(sum.values()).isEqualTo(sum.transposed().values());
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
    assertThat(largestDifference(sum, product(a.transposed(), scaled)))
        .isLessThan(1e-15 * (n + 9) * 9);
    assertThat(sum.values()).isEqualTo(sum.transposed().values());

    Matrix single = Matrix.scaledIdentity(d, 3);
    algebra.addGram(rows, single);
    Matrix expected = product(a.transposed(), a);
    for (int i = 0; i < d; i++) {
      expected.values()[i * d + i] += 3;
    }
    assertThat(largestDifference(single, expected)).isLessThan(2e-6 * (n + 1));
    assertThat(single.values()).isEqualTo(single.transposed().values());
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 1", "40, 9", "1500, 33", "2100, 520"})
  void addsGramsOfDifferencesWithoutTheDifferences(int pairs, int d) {
    Matrix a = gaussian(70, d, 41);
    int[] first = new int[pairs];
    int[] second = new int[pairs];
    Matrix differences = Matrix.zeros(pairs, d);
    for (int i = 0; i < pairs; i++) {
      first[i] = (7 * i) % 70;
      second[i] = (11 * i + 3) % 70;
      for (int j = 0; j < d; j++) {
        differences.values()[i * d + j] = a.get(first[i], j) - a.get(second[i], j);
      }
    }
    double[] weights = vector(pairs, 42); // of both signs
    Matrix expected = product(differences.transposed(), scaledRows(differences, weights));
    Matrix sum = Matrix.zeros(d, d);
    algebra.addWeightedGram(a, first, second, weights, sum);
    assertThat(largestDifference(sum, expected)).isLessThan(2e-15 * (pairs + 9) * 9);
    assertThat(sum.values()).isEqualTo(sum.transposed().values());
  }

  @Test
  void refusesRowsThatAreNone() {
    Matrix a = gaussian(3, 2, 43);
    Matrix sum = Matrix.zeros(2, 2);
    assertThatThrownBy(
            () -> algebra.addWeightedGram(a, new int[] {0}, new int[] {3}, new double[] {1}, sum))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(
            () -> algebra.addWeightedGram(a, new int[] {0}, new int[2], new double[] {1}, sum))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-30f, 1e-12f, 1e12f, 1e18f})
  void gramsNeitherOverflowNorVanish(float scale) {
    Matrix a = scaled(gaussian(20, 6, 33), scale);
    FloatMatrix rows = rounded(a);
    Matrix sum = Matrix.zeros(6, 6);
    algebra.addGram(rows, sum);
    double square = (double) scale * scale;
    assertThat(largestDifference(sum, product(a.transposed(), a))).isLessThan(1e-4 * square);
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
}
