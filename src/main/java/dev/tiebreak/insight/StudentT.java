package dev.tiebreak.insight;

/** Student's t distribution. */
final class StudentT {

  private StudentT() {}

  /**
   * The 97.5th percentile, by its asymptotic expansion about the normal distribution's (Abramowitz,
   * Stegun, Handbook of Mathematical Functions, 1964, 26.7.5). Accuracy as tested: 1 % of it from 3
   * degrees of freedom on, 0.01 % from 10 on.
   *
   * @param freedom degrees of freedom, 3 or more
   */
  static double critical(double freedom) {
    if (!(freedom >= 3)) {
      throw new IllegalArgumentException(freedom + " degrees of freedom");
    }
    double x = Interval.NORMAL;
    double x2 = x * x;
    double first = x * (x2 + 1) / 4;
    double second = x * ((5 * x2 + 16) * x2 + 3) / 96;
    double third = x * (((3 * x2 + 19) * x2 + 17) * x2 - 15) / 384;
    double fourth = x * ((((79 * x2 + 776) * x2 + 1482) * x2 - 1920) * x2 - 945) / 92160;
    return x + (first + (second + (third + fourth / freedom) / freedom) / freedom) / freedom;
  }
}
