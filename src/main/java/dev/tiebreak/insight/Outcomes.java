package dev.tiebreak.insight;

import dev.tiebreak.preference.Logistic;
import java.util.Arrays;

/** Adds up what draws of the truth make of a model's choices, by draw and by pair. */
final class Outcomes {

  /** Means by draw and by pair of one measure. */
  private final class Measure {

    private final double[] byDraw = new double[draws];
    private final double[] byPair = new double[pairs];

    void add(int pair, int draw, double value) {
      byDraw[draw] += value / pairs;
      byPair[pair] += value / draws;
    }

    double mean() {
      return Arrays.stream(byDraw).average().orElseThrow();
    }

    double percentile(boolean lower) {
      double[] sorted = Arrays.stream(byDraw).sorted().toArray();
      return sorted[lower ? leastRank : draws - 1 - leastRank];
    }

    /** Half the interval that the choice of pairs leaves. */
    private double pairsError() {
      return allPairs ? 0 : Interval.NORMAL * standardError(byPair);
    }

    /** Of the mean over the posterior. */
    Interval expectation() {
      return Interval.around(
          mean(), Math.hypot(Interval.NORMAL * standardError(byDraw), pairsError()));
    }

    /** Of the value under the true weights. */
    Interval spread() {
      double mean = mean();
      return new Interval(
          mean,
          mean - Math.hypot(mean - percentile(true), pairsError()),
          mean + Math.hypot(percentile(false) - mean, pairsError()));
    }
  }

  private final int pairs;
  private final int draws;
  private final int leastRank;
  private final boolean allPairs;
  private final Measure accuracy;
  private final Measure logLoss;
  private final Measure accuracyGain;
  private final Measure logLossGain;
  private double ceiling;

  Outcomes(int pairs, int draws, int leastRank, boolean allPairs) {
    this.pairs = pairs;
    this.draws = draws;
    this.leastRank = leastRank;
    this.allPairs = allPairs;
    accuracy = new Measure();
    logLoss = new Measure();
    accuracyGain = new Measure();
    logLossGain = new Measure();
  }

  /**
   * A pair under a draw; all in logits.
   *
   * @param truth the true reward difference
   * @param now what the model believes
   * @param after what it will believe
   */
  void add(int pair, int draw, double truth, double now, double after) {
    double p = Logistic.sigmoid(truth);
    double right = right(p, now);
    double loss = loss(p, now);
    accuracy.add(pair, draw, right);
    logLoss.add(pair, draw, loss);
    accuracyGain.add(pair, draw, right(p, after) - right);
    logLossGain.add(pair, draw, loss - loss(p, after));
    ceiling += Math.max(p, 1 - p) / pairs / draws;
  }

  /** The probability that a verdict is as believed. */
  private static double right(double p, double belief) {
    return belief == 0 ? 0.5 : belief > 0 ? p : 1 - p;
  }

  /** p softplus(−t) + (1 − p) softplus(t), as softplus(−t) = softplus(t) − t. */
  private static double loss(double p, double belief) {
    return Logistic.softplus(belief) - p * belief;
  }

  /** All of it. */
  Forecast forecast(int verdicts, double variance, double varianceTaken) {
    return new Forecast(
        pairs,
        verdicts,
        accuracy.spread(),
        logLoss.spread(),
        ceiling,
        variance,
        variance - varianceTaken,
        accuracyGain.expectation(),
        logLossGain.expectation(),
        verdicts == 0 ? null : accuracyGain.percentile(true),
        verdicts == 0 ? null : accuracyGain.percentile(false));
  }

  private static double standardError(double[] values) {
    int n = values.length;
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n);
  }
}
