package dev.tiebreak.linalg;

import static dev.tiebreak.linalg.RandomMatrices.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackendTest {

  @Test
  void autoTakesTheNativeLibrary() throws UnavailableBackendException {
    Backend.Opened opened = Backend.AUTO.open(2);
    assertThat(opened.backend()).isEqualTo(Backend.OPENBLAS);
    assertThat(opened.version()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(opened.configuration()).startsWith("OpenBLAS " + opened.version());
    assertThat(opened.reason()).isNull();
    assertThat(opened.threads()).isEqualTo(2);
  }

  @Test
  void javaIsTakenWhereItIsAskedFor() throws UnavailableBackendException {
    Backend.Opened opened = Backend.JAVA.open(1);
    assertThat(opened.backend()).isEqualTo(Backend.JAVA);
    assertThat(opened.version()).isEqualTo(Runtime.version().toString());
    assertThatThrownBy(() -> Backend.JAVA.open(0)).hasMessage("threads < 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 64, 100, 384})
  void backendsAgree(int d) throws UnavailableBackendException {
    List<double[]> fast = LinearAlgebraTest.everything(Backend.OPENBLAS.open(2).algebra(), d);
    List<double[]> plain = LinearAlgebraTest.everything(Backend.JAVA.open(2).algebra(), d);
    for (int i = 0; i < fast.size(); i++) {
      double tolerance = i == 1 ? 2e-6 : 1e-12 * Math.max(1, d / 64);
      assertThat(largestDifference(fast.get(i), plain.get(i))).isLessThan(tolerance);
    }
  }

  @Test
  void kernelsInJavaGiveTheSameBits() {
    List<double[]> vector = LinearAlgebraTest.everything(TestBackend.VECTOR.open(2), 150);
    List<double[]> plain = LinearAlgebraTest.everything(TestBackend.PLAIN.open(2), 150);
    for (int i = 0; i < vector.size(); i++) {
      if (i != 1) { // the single-precision update, which plain loops do in double
        assertThat(vector.get(i)).isEqualTo(plain.get(i));
      }
    }
  }

  @Test
  void kernelsAreNamedByTheSystemProperty() {
    assertThat(JavaProducts.of("plain")).isInstanceOf(RowProducts.class);
    assertThat(JavaProducts.of("auto")).isInstanceOf(VectorProducts.class);
    assertThatThrownBy(() -> JavaProducts.of("fast")).hasMessage("tiebreak.kernels=fast");
  }
}
