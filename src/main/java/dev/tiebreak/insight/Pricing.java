package dev.tiebreak.insight;

import dev.tiebreak.project.ProjectSettings;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What verdicts cost in a project. */
final class Pricing {

  private static final double POINT = 0.01;

  private final @Nullable BigDecimal verdictCost;
  private final @Nullable Long budget;

  Pricing(ProjectSettings settings) {
    verdictCost = settings.verdictCost();
    budget = settings.verdictBudget();
  }

  ProgressView.Cost cost(long counted, long lastHour) {
    Long left = left(counted);
    return new ProgressView.Cost(
        verdictCost,
        price(counted),
        budget,
        left,
        budget == null ? null : price(budget),
        left == null || lastHour == 0 ? null : (Double) ((double) left / lastHour));
  }

  /** Verdicts that the budget still allows; null: any number. */
  @Nullable Long left(long counted) {
    return budget == null ? null : (Long) Math.max(0, budget - counted);
  }

  @Nullable BigDecimal price(long verdicts) {
    return verdictCost == null ? null : verdictCost.multiply(BigDecimal.valueOf(verdicts));
  }

  /**
   * The gain in accuracy for which so many verdicts are worth their price.
   *
   * @param worth of 0.01 of accuracy; null, as a verdict without a price: the usual least gain
   */
  double leastGain(int verdicts, @Nullable Double worth) {
    BigDecimal price = price(verdicts);
    return worth == null || price == null
        ? StoppingAdvice.LEAST_GAIN
        : POINT * price.doubleValue() / worth;
  }

  /** The price of each 0.01 of accuracy; null where there is no price, or no gain. */
  @Nullable Interval pricePerPoint(int verdicts, Interval gain) {
    BigDecimal price = price(verdicts);
    if (price == null || gain.value() <= 0) {
      return null;
    }
    double cost = price.doubleValue() * POINT;
    Double lower = gain.lower();
    Double upper = gain.upper();
    return new Interval(
        cost / gain.value(),
        upper == null ? null : (Double) (cost / upper),
        lower == null || lower <= 0 ? null : (Double) (cost / lower));
  }
}
