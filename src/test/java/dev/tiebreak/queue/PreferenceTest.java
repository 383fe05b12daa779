package dev.tiebreak.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceTest {

  @ParameterizedTest
  @CsvSource({"LEFT, 1, 0", "RIGHT, 0, 1", "TIE, 0.5, 0.5", "BOTH_BAD, 0.5, 0.5", "SKIP, NaN, NaN"})
  void isATargetForEitherSide(Preference preference, Double stoodLeft, Double stoodRight) {
    assertThat(preference.target(true)).isEqualTo(stoodLeft);
    assertThat(preference.target(false)).isEqualTo(stoodRight);
  }
}
