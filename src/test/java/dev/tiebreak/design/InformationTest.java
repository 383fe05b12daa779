package dev.tiebreak.design;

import static dev.tiebreak.design.ProblemBuilder.LINEAR_ALGEBRA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.linalg.Matrix;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class InformationTest {

  @Test
  void staysWithAFreshFactorisationOverAThousandUpdates() {
    Random random = new Random(1);
    Matrix a = Matrix.scaledIdentity(15, 1e-3);
    Information information = Information.of(a, LINEAR_ALGEBRA);
    for (int i = 0; i < 1000; i++) {
      double[] x = random.doubles(15, -10, 10).toArray();
      double v = random.nextDouble() / 4;
      information.add(x, v);
      LINEAR_ALGEBRA.addWeightedGram(new Matrix(1, 15, x), new double[] {v}, a);
    }
    Information fresh = Information.of(a, LINEAR_ALGEBRA);
    double[] x = random.doubles(15, -10, 10).toArray();
    assertThat(information.logDeterminant()).isCloseTo(fresh.logDeterminant(), within(1e-11));
    assertThat(information.quadraticForm(x))
        .isCloseTo(fresh.quadraticForm(x), within(1e-12 * fresh.quadraticForm(x)));
    assertThat(information.solve(x)).containsExactly(fresh.solve(x), within(1e-12));
    Matrix row = new Matrix(1, 15, x);
    double[] whitened = information.whiten(row).values();
    assertThat(whitened).containsExactly(fresh.whiten(row).values(), within(1e-11));
    assertThat(information.copy().whiten(row).values()).isEqualTo(whitened);
  }

  @Test
  void solves() {
    Matrix a = new Matrix(2, 2, new double[] {4, 2, 2, 3});
    Information information = Information.of(a, LINEAR_ALGEBRA);
    assertThat(information.solve(new double[] {8, 8}))
        .containsExactly(new double[] {1, 2}, within(1e-15));
    assertThat(information.quadraticForm(new double[] {8, 8})).isCloseTo(24, within(1e-13));
    assertThat(information.logDeterminant()).isCloseTo(Math.log(8), within(1e-15));
  }

  @Test
  void addsTheLeastRidgeWhereAMatrixIsSingularAndRefusesAnIndefiniteOne() {
    Matrix singular = new Matrix(2, 2, new double[] {1, -1, -1, 1});
    Information information = Information.of(singular, LINEAR_ALGEBRA);
    assertThat(information.quadraticForm(new double[] {1, -1})).isCloseTo(1, within(1e-9));
    assertThat(information.logDeterminant()).isFinite();
    assertThat(singular.values()).containsExactly(1, -1, -1, 1);
    assertThatThrownBy(() -> Information.of(new Matrix(1, 1, new double[] {-1}), LINEAR_ALGEBRA))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isEmptyWithoutFeatures() {
    Information information = Information.of(Matrix.zeros(0, 0), LINEAR_ALGEBRA);
    information.add(new double[0], 0.25);
    assertThat(information.logDeterminant()).isZero();
    assertThat(information.quadraticForm(new double[0])).isZero();
  }
}
