package dev.tiebreak.linalg;

import static dev.tiebreak.linalg.RandomMatrices.gaussian;
import static dev.tiebreak.linalg.RandomMatrices.largestDifference;
import static dev.tiebreak.linalg.RandomMatrices.product;
import static dev.tiebreak.linalg.RandomMatrices.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products, on every backend. */
@ParameterizedClass
@EnumSource(TestBackend.class)
final class ProductsTest {

  private final LinearAlgebra algebra;

  ProductsTest(TestBackend backend) {
    this.algebra = backend.open(2);
  }

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
        .containsExactly(product(a.transposed(), new Matrix(n, 1, y)).values(), within(1e-12));
    Matrix c = gaussian(n, 9, 5);
    Matrix sum = Matrix.zeros(13, 9);
    algebra.addTransposedProduct(a, c, sum);
    algebra.addTransposedProduct(a, c, sum);
    assertThat(largestDifference(sum, product(a.transposed(), times(c, 2)))).isLessThan(1e-12);
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
  @CsvSource({"1, 1, 1", "1, 300, 600", "5, 0, 7", "600, 1, 33", "257, 129, 515", "3, 700, 2"})
  void multipliesEveryShape(int n, int k, int m) {
    Matrix a = gaussian(n, k, 51);
    Matrix b = gaussian(k, m, 52);
    Matrix expected = product(a, b);
    assertThat(largestDifference(algebra.multiply(a, b), expected)).isLessThan(1e-14 * (k + 20));
    Matrix sum = Matrix.zeros(n, m);
    algebra.addTransposedProduct(a.transposed(), b, sum);
    assertThat(largestDifference(sum, expected)).isLessThan(1e-14 * (k + 20));
  }
}
