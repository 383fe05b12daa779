package dev.tiebreak.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.preference.Prior;
import dev.tiebreak.preference.TieModel;
import dev.tiebreak.project.ProjectSettings;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PricingTest {

  private static Pricing pricing(@Nullable String cost, @Nullable Long budget) {
    return new Pricing(
        new ProjectSettings(
            1,
            Pairing.ANY,
            Strategy.RANDOM,
            1,
            1,
            0,
            1,
            1,
            1,
            Prior.SPECTRAL,
            null,
            null,
            0.0,
            0.0,
            TieModel.HALF,
            0,
            null,
            0,
            0,
            null,
            cost == null ? null : new BigDecimal(cost),
            budget));
  }

  @Test
  void pricesVerdicts() {
    ProgressView.Cost cost = pricing("0.06", 1000L).cost(250, 50);

    assertThat(cost.spent()).isEqualByComparingTo("15");
    assertThat(cost.projected()).isEqualByComparingTo("60");
    assertThat(cost.verdictsLeft()).isEqualTo(750);
    assertThat(cost.hoursLeft()).isEqualTo(15);
    assertThat(pricing("0.06", 100L).cost(250, 0).verdictsLeft()).isZero();
    assertThat(pricing("0.06", 100L).cost(250, 0).hoursLeft()).isNull();
  }

  @Test
  void knowsNothingWithoutACostOrABudget() {
    assertThat(pricing(null, null).cost(250, 50))
        .isEqualTo(new ProgressView.Cost(null, null, null, null, null, null));
    assertThat(pricing(null, null).pricePerPoint(100, new Interval(1, 1.0, 1.0))).isNull();
    assertThat(pricing(null, null).leastGain(100, 5.0)).isEqualTo(0.005);
  }

  /** 100 verdicts cost 6; they are worth it for 6 / 20 points. */
  @Test
  void comparesWorthWithPrice() {
    assertThat(pricing("0.06", null).leastGain(100, 20.0)).isCloseTo(0.003, within(1e-15));
    assertThat(pricing("0.06", null).leastGain(100, null)).isEqualTo(0.005);
  }

  @Test
  void pricesEachPointOfAccuracy() {
    Interval price =
        Objects.requireNonNull(
            pricing("0.06", null).pricePerPoint(100, new Interval(0.02, 0.01, 0.03)));

    assertThat(price.value()).isCloseTo(3, within(1e-12));
    assertThat(price.lower()).isCloseTo(2, within(1e-12));
    assertThat(price.upper()).isCloseTo(6, within(1e-12));
    assertThat(
            Objects.requireNonNull(
                    pricing("0.06", null).pricePerPoint(100, new Interval(0.01, -0.01, 0.03)))
                .upper())
        .isNull();
    assertThat(pricing("0.06", null).pricePerPoint(100, new Interval(-0.01, -0.01, 0.0))).isNull();
  }
}
