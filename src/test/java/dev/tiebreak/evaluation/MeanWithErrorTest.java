package dev.tiebreak.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeanWithErrorTest {

  @Test
  void dividesTheSampleDeviationByTheRootOfTheCount() {
    MeanWithError value = MeanWithError.of(1, 2, 6);
    assertThat(value.mean()).isEqualTo(3);
    // s² = (4 + 1 + 9) / 2
    assertThat(value.standardError()).isEqualTo(Math.sqrt(7.0 / 3), within(1e-15));
    assertThat(value.count()).isEqualTo(3);
  }

  @Test
  void hasNoErrorOfOneValueAndNoMeanOfNone() {
    assertThat(MeanWithError.of(5).standardError()).isNaN();
    assertThat(MeanWithError.of().mean()).isNaN();
  }
}
