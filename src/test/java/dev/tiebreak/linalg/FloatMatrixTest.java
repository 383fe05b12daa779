package dev.tiebreak.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FloatMatrixTest {

  @Test
  void keepsRowsOneAfterTheOther() {
    FloatMatrix matrix = FloatMatrix.of(2, 3, 1, 2, 3, 4, 5, 6);
    assertThat(matrix.get(1, 0)).isEqualTo(4);
    double[] wide = new double[5];
    matrix.copyRow(1, wide, 1);
    assertThat(wide).containsExactly(0, 4, 5, 6, 0);
    float[] narrow = new float[4];
    matrix.copyRow(0, narrow, 1);
    assertThat(narrow).containsExactly(0, 1, 2, 3);
    matrix.setRow(0, new float[] {0, 7, 8, 9}, 1);
    matrix.set(1, 2, -1);
    assertThat(matrix.toArray()).containsExactly(7, 8, 9, 4, 5, -1);
    assertThat(matrix.segment().address() % 64).isZero();
    assertThat(matrix.segment().get(FloatMatrix.ELEMENT, 4)).isEqualTo(8);
  }

  @Test
  void copiesWhatItIsMadeOfAndIsZeroAtFirst() {
    float[] values = {1, 2};
    FloatMatrix matrix = FloatMatrix.of(1, 2, values);
    values[0] = 9;
    matrix.toArray()[1] = 9;
    assertThat(matrix.toArray()).containsExactly(1, 2);
    assertThat(FloatMatrix.allocate(3, 5).toArray()).containsOnly(0);
    assertThat(FloatMatrix.allocate(0, 5).toArray()).isEmpty();
    assertThat(FloatMatrix.allocate(5, 0).rows(1, 3).rows()).isEqualTo(2);
  }

  @Test
  void viewsShareMemory() {
    FloatMatrix matrix = FloatMatrix.of(3, 2, 1, 2, 3, 4, 5, 6);
    FloatMatrix view = matrix.rows(1, 3);
    matrix.set(2, 1, 60);
    assertThat(view.rows()).isEqualTo(2);
    assertThat(view.toArray()).containsExactly(3, 4, 5, 60);
    assertThat(matrix.rows(3, 3).rows()).isZero();
  }

  @Test
  void refusesWhatDoesNotFit() {
    FloatMatrix matrix = FloatMatrix.allocate(3, 2);
    assertThatThrownBy(() -> FloatMatrix.of(2, 2, 1, 2, 3)).hasMessageContainingAll("2 × 2", "3");
    assertThatThrownBy(() -> FloatMatrix.allocate(-1, 2)).hasMessage("-1 × 2");
    assertThatThrownBy(() -> matrix.rows(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> matrix.rows(0, 4)).hasMessage("rows 0 to 4 of 3");
    assertThatThrownBy(() -> matrix.get(3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> matrix.copyRow(3, new double[2], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> FloatMatrix.view(1, 2, MemorySegment.ofArray(new float[] {1, 2})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FloatMatrix.view(1, 2, matrix.segment()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Of a file with a hole, so that only the rows that are touched take memory. */
  @Test
  void holdsMoreElementsThanAnArray(@TempDir Path directory)
      throws IOException, UnavailableBackendException {
    int rows = 600_000;
    int d = 4096;
    long bytes = (long) rows * d * Float.BYTES;
    Path file = directory.resolve("sparse");
    try (Arena arena = Arena.ofConfined();
        FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
      FloatMatrix matrix =
          FloatMatrix.view(rows, d, channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena));
      matrix.set(rows - 2, 5, 3);
      matrix.set(rows - 1, d - 1, 2);
      matrix.set(0, 0, 1);
      assertThat(matrix.get(rows - 1, d - 1)).isEqualTo(2);
      FloatMatrix tail = matrix.rows(rows - 40, rows);
      Matrix ones = new Matrix(d, 1, doubles(d, 1));
      for (Backend backend : new Backend[] {Backend.OPENBLAS, Backend.JAVA}) {
        LinearAlgebra algebra = backend.open(2).algebra();
        double[] sums = algebra.multiply(tail, ones).values();
        assertThat(sums[37]).isZero();
        assertThat(sums[38]).isEqualTo(3);
        assertThat(sums[39]).isEqualTo(2);
        Matrix gram = Matrix.zeros(d, d);
        algebra.addWeightedGram(tail, doubles(40, 0.5), gram);
        assertThat(gram.get(5, 5)).isCloseTo(4.5, within(1e-14));
        assertThat(gram.get(d - 1, d - 1)).isCloseTo(2, within(1e-15));
        assertThat(gram.get(0, 0)).isZero();
      }
    }
    assertThat(Files.size(file)).isEqualTo(bytes);
  }

  private static double[] doubles(int length, double value) {
    double[] numbers = new double[length];
    Arrays.fill(numbers, value);
    return numbers;
  }
}
