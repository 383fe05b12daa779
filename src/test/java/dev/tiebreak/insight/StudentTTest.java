package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {

  /** From the tables of Abramowitz and Stegun, 26.10, and R's qt(0.975, df). */
  @ParameterizedTest
  @CsvSource({
    "3, 3.182446, 0.01",
    "4, 2.776445, 0.004",
    "10, 2.228139, 0.0001",
    "30, 2.042272, 0.00001",
    "120, 1.979930, 0.00001",
    "1e9, 1.959964, 0.000001",
  })
  void agreesWithTables(double freedom, double expected, double relative) {
    assertThat(StudentT.critical(freedom)).isCloseTo(expected, within(relative * expected));
  }

  @Test
  void refusesFewerThanThreeDegreesOfFreedom() {
    assertThatIllegalArgumentException().isThrownBy(() -> StudentT.critical(2));
  }
}
