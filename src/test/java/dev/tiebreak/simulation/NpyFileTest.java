package dev.tiebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NpyFileTest {

  private static final String HEADER = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }";

  @TempDir Path directory;

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("embeddings.npy"), content);
  }

  private Path file(String type, String shape, byte[] data) throws IOException {
    return file(TestData.npy(1, HEADER.formatted(type, shape), data));
  }

  private static byte[] doubles(ByteOrder order, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(order);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  @Test
  void readsFloat32() throws IOException {
    assertThat(NpyFile.read(file(TestData.npy(2, 3, 1, 2, 3, 4, 5, 6.5f))))
        .isDeepEqualTo(new float[][] {{1, 2, 3}, {4, 5, 6.5f}});
  }

  @Test
  void readsFloat64OfEitherByteOrder() throws IOException {
    float[][] expected = {{0.25f, -3}};
    assertThat(NpyFile.read(file("<f8", "1, 2", doubles(ByteOrder.LITTLE_ENDIAN, 0.25, -3))))
        .isDeepEqualTo(expected);
    assertThat(NpyFile.read(file(">f8", "1, 2", doubles(ByteOrder.BIG_ENDIAN, 0.25, -3))))
        .isDeepEqualTo(expected);
  }

  @Test
  void readsFloat16() throws IOException {
    byte[] oneAndMinusTwoAndLargest = {0, 0x3c, 0, (byte) 0xc0, (byte) 0xff, 0x7b};
    assertThat(NpyFile.read(file("<f2", "3, 1", oneAndMinusTwoAndLargest)))
        .isDeepEqualTo(new float[][] {{1}, {-2}, {65504}});
  }

  @Test
  void readsVersionTwo() throws IOException {
    byte[] data = doubles(ByteOrder.LITTLE_ENDIAN, 7);
    assertThat(NpyFile.read(file(TestData.npy(2, HEADER.formatted("<f8", "1, 1"), data))))
        .isDeepEqualTo(new float[][] {{7}});
  }

  @Test
  void readsNoRows() throws IOException {
    assertThat(NpyFile.read(file("<f4", "0, 5", new byte[0]))).isEmpty();
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertBad(file(new byte[] {1, 2, 3}), "is not a .npy file");
    assertBad(file("<i8", "1, 1", new byte[8]), "holds <i8; float16, float32 and float64");
    assertBad(file("<f4", "8,", new byte[32]), "has not two dimensions in its header");
    assertBad(file("<f4", "2, 2", new byte[12]), "ends in row 1 of 2");
    assertBad(file("<f4", "2, 2", new byte[20]), "is longer than its shape (2, 2)");
    assertBad(file(TestData.npy(1, 2, 1, Float.NaN)), "holds NaN in row 0, column 1");
    assertBad(
        file(
            TestData.npy(
                1, "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }", new byte[4])),
        "is in Fortran order");
    assertBad(directory.resolve("none.npy"), "doesn't exist");
  }

  private static void assertBad(Path file, String message) {
    assertThatThrownBy(() -> NpyFile.read(file))
        .isInstanceOf(SimulationException.class)
        .hasMessageStartingWith(file + " " + message);
  }
}
