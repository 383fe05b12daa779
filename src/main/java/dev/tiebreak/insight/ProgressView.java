package dev.tiebreak.insight;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a project is doing.
 *
 * @param asOf when it was read; the service reads again after a second
 * @param rounds the newest, in their order
 */
record ProgressView(
    String project,
    Instant asOf,
    Counts counts,
    Curves learningCurve,
    List<Round> rounds,
    Agreement agreement,
    PositionBias positionBias,
    Annotators annotators,
    Cost cost,
    Stopping stoppingAdvice) {

  /**
   * How much there is.
   *
   * @param rounds that are done
   */
  record Counts(
      long responses, long prompts, long rounds, Comparisons comparisons, Verdicts verdicts) {}

  /** Comparisons by state. */
  record Comparisons(long open, long leased, long answered, long retired) {}

  /**
   * Verdicts.
   *
   * @param logged rows of the log
   * @param replaced of these, by a later one; what follows counts the others
   * @param counted that count
   * @param byOutcome all that stand
   * @param byPreference all that stand
   * @param lastHour given to annotators' leases, by when they were recorded; skips left out
   * @param lastDay likewise
   * @param byHour likewise, in each of the last 24 hours; the hour that ends now is the last
   */
  record Verdicts(
      long logged,
      long replaced,
      long counted,
      Map<String, Long> byOutcome,
      Map<String, Long> byPreference,
      long lastHour,
      long lastDay,
      List<Long> byHour) {}

  /** The learning curves of both arms. */
  record Curves(LearningCurve random, LearningCurve design) {}

  /**
   * A round.
   *
   * @param labels verdicts of the fit that it selected by
   * @param size comparisons that it selected
   * @param logDetBefore nats
   * @param logDetAfter nats
   * @param predictedGain nats
   * @param realisedGain nats; null before a fit has read verdicts on the batch
   */
  record Round(
      long number,
      Instant selectedAt,
      long labels,
      int size,
      double logDetBefore,
      double logDetAfter,
      double predictedGain,
      @Nullable Double realisedGain) {}

  /**
   * Whether the left side is preferred for being left: which response stands there is drawn at
   * random for each lease, so that half of the decided verdicts are expected to be LEFT. Imported
   * verdicts play no part.
   *
   * @param leftShare null where nothing is decided
   */
  record PositionBias(long left, long right, @Nullable Interval leftShare) {

    static PositionBias of(long left, long right) {
      return new PositionBias(left, right, Proportion.wilson(left, left + right));
    }
  }

  /**
   * Who answered.
   *
   * @param total annotators that ever did
   * @param items those with the most verdicts
   */
  record Annotators(long total, List<Annotator> items) {

    Annotators first(int most) {
      return new Annotators(total, items.subList(0, Math.min(most, items.size())));
    }
  }

  /**
   * An annotator.
   *
   * @param verdicts that stand, skips included
   * @param counted that count
   * @param skipShare of the verdicts
   * @param medianDurationMs of answers that say how long they took; null of none
   * @param comparedWithOthers pairs of a counted verdict of theirs and another's on the same
   *     comparison
   * @param agreement the share of these that are alike; null of none
   */
  record Annotator(
      String annotator,
      long verdicts,
      long counted,
      long skipped,
      double skipShare,
      PositionBias positionBias,
      @Nullable Double medianDurationMs,
      long comparedWithOthers,
      @Nullable Interval agreement) {}

  /**
   * What it costs, in the currency of {@code verdictCost}; null where that is not set, or where
   * there is no budget.
   *
   * @param spent counted verdicts × verdictCost
   * @param verdictsLeft of the budget
   * @param projected the whole budget × verdictCost
   * @param hoursLeft until the budget is spent, at the pace of the last hour; null also where
   *     nobody answers
   */
  record Cost(
      @Nullable BigDecimal verdictCost,
      @Nullable BigDecimal spent,
      @Nullable Long verdictBudget,
      @Nullable Long verdictsLeft,
      @Nullable BigDecimal projected,
      @Nullable Double hoursLeft) {}

  /**
   * Whether to go on.
   *
   * @param leastGain in accuracy, that the next verdicts are to bring
   * @param verdicts the next ones
   * @param price of these; null where verdictCost is not set
   * @param pricePerPoint of each 0.01 of accuracy that is expected of them; null also where none is
   * @param forecast what the newest model expects; null before the first round
   * @param calibration whether models have been right about themselves
   * @param trend what the scores so far say; null where they are too few
   */
  record Stopping(
      Advice advice,
      String reason,
      double leastGain,
      int verdicts,
      @Nullable BigDecimal price,
      @Nullable Interval pricePerPoint,
      @Nullable Forecast forecast,
      Calibration calibration,
      @Nullable Trend trend) {}
}
