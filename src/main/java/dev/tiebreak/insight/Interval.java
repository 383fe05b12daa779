package dev.tiebreak.insight;

import org.jspecify.annotations.Nullable;

/**
 * An estimate with its 95 % interval.
 *
 * @param lower null, as is the upper, where there is too little to tell
 */
record Interval(double value, @Nullable Double lower, @Nullable Double upper) {

  /** The normal distribution's 97.5th percentile. */
  static final double NORMAL = 1.959963984540054;

  /** Equally far to both sides. */
  static Interval around(double value, double halfWidth) {
    return new Interval(value, value - halfWidth, value + halfWidth);
  }

  /** The same in another unit; the sides change places where the factor is negative. */
  Interval times(double factor) {
    if (lower == null || upper == null) {
      return new Interval(value * factor, null, null);
    }
    double first = lower * factor;
    double second = upper * factor;
    return new Interval(value * factor, Math.min(first, second), Math.max(first, second));
  }

  /**
   * Whether a value is in it; nothing is known to be outside where the interval is not known.
   *
   * @param widened by which factor, to both sides
   */
  boolean covers(double other, double widened) {
    return lower == null
        || upper == null
        || (value - widened * (value - lower) <= other
            && other <= value + widened * (upper - value));
  }

  /** Whether all of it is below. */
  boolean below(double other) {
    return upper != null && upper < other;
  }

  /** Whether all of it is above. */
  boolean above(double other) {
    return lower != null && lower > other;
  }
}
