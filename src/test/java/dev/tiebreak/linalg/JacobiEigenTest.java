package dev.tiebreak.linalg;

import static dev.tiebreak.linalg.RandomMatrices.semidefinite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class JacobiEigenTest {

  @Test
  void agreesWithQl() {
    Matrix a = semidefinite(30, 12, 22);
    CommonsMathEigen.Pairs pairs = JacobiEigen.decompose(RowKernels.rows(a));
    SymmetricEigen eigen =
        EigenOrder.of(
            pairs.values(),
            1,
            (j, into) -> System.arraycopy(pairs.vectors()[j], 0, into, 0, into.length));
    double[] expected = CommonsMathEigen.decompose(a).values();
    assertThat(eigen.values()).containsExactly(expected, within(1e-12 * expected[0]));
    LinearAlgebraKit.assertSpectrumOf(a, eigen);
  }
}
