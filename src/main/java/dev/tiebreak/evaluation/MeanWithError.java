package dev.tiebreak.evaluation;

import java.util.stream.DoubleStream;

/**
 * A mean over repetitions, and how far it is from certain.
 *
 * @param mean NaN of no values
 * @param standardError s/√n, s the sample standard deviation; NaN of fewer than two values
 * @param count n
 */
public record MeanWithError(double mean, double standardError, int count) {

  /** Of these values. */
  public static MeanWithError of(double... values) {
    int n = values.length;
    double mean = DoubleStream.of(values).average().orElse(Double.NaN);
    double squares = DoubleStream.of(values).map(value -> (value - mean) * (value - mean)).sum();
    return new MeanWithError(mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n), n);
  }
}
