package dev.tiebreak.insight;

import org.jspecify.annotations.Nullable;

/** Shares of trials that succeed. */
final class Proportion {

  private Proportion() {}

  /**
   * A share with Wilson's score interval (Wilson, Probable inference, the law of succession, and
   * statistical inference, JASA 22, 1927): (s + z²/2 ± z √(s (n − s)/n + z²/4)) / (n + z²), z the
   * normal distribution's 97.5th percentile. It holds its level for small n and for shares near 0
   * and 1, and never leaves [0, 1].
   *
   * <p>Successes that count a half vary less than whole ones, so that the interval is then on the
   * safe side.
   *
   * @param successes s, from 0 to n
   * @param trials n
   * @return null where n = 0
   */
  static @Nullable Interval wilson(double successes, long trials) {
    if (trials == 0) {
      return null;
    }
    double z2 = Interval.NORMAL * Interval.NORMAL;
    double centre = successes + z2 / 2;
    double spread = successes * (trials - successes) / trials + z2 / 4;
    double half = Interval.NORMAL * Math.sqrt(spread);
    double total = trials + z2;
    return new Interval(
        successes / trials,
        Math.max(0, (centre - half) / total),
        Math.min(1, (centre + half) / total));
  }
}
