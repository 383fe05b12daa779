package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {

  /**
   * Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17,
   * 1998, table I, method 3.
   */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0, 0.1611",
    "1, 29, 0.0061, 0.1718",
  })
  void givesThePublishedIntervals(double successes, long trials, double lower, double upper) {
    Interval interval = Objects.requireNonNull(Proportion.wilson(successes, trials));

    assertThat(interval.value()).isEqualTo(successes / trials);
    assertThat(interval.lower()).isCloseTo(lower, within(5e-5));
    assertThat(interval.upper()).isCloseTo(upper, within(5e-5));
  }

  @Test
  void saysNothingOfNoTrials() {
    assertThat(Proportion.wilson(0, 0)).isNull();
  }

  @Test
  void isTheSameSeenFromTheOtherSide() {
    Interval some = Objects.requireNonNull(Proportion.wilson(3.5, 9));
    Interval rest = Objects.requireNonNull(Proportion.wilson(5.5, 9));

    assertThat(some.lower()).isCloseTo(1 - Objects.requireNonNull(rest.upper()), within(1e-15));
    assertThat(some.upper()).isCloseTo(1 - Objects.requireNonNull(rest.lower()), within(1e-15));
  }
}
