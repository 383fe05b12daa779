package dev.tiebreak.linalg;

import static dev.tiebreak.linalg.RandomMatrices.gaussian;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MatrixTest {

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 1", "5, 1", "33, 70", "64, 32"})
  void transposesByDefinition(int rows, int columns) {
    Matrix a = gaussian(rows, columns, 61);
    Matrix transposed = a.transposed();
    assertThat(transposed.rows()).isEqualTo(columns);
    assertThat(transposed.columns()).isEqualTo(rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        assertThat(transposed.get(j, i)).isEqualTo(a.get(i, j));
      }
    }
  }
}
