package dev.tiebreak.replay;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tiebreak.evaluation.MeanWithError;
import org.jspecify.annotations.Nullable;

/** The rows of the results, the same in JSON and in CSV, where a variant is its columns. */
sealed interface ResultRow {

  /** A number that may not be. */
  private static @Nullable Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /**
   * A point of a mean curve.
   *
   * @param standardError null of one seed
   * @param seeds that it is the mean of
   */
  record Curve(
      @JsonUnwrapped Variant variant,
      int labels,
      String measure,
      double mean,
      @Nullable Double standardError,
      int seeds)
      implements ResultRow {

    static Curve of(Variant variant, int labels, String measure, MeanWithError value) {
      return new Curve(
          variant, labels, measure, value.mean(), known(value.standardError()), value.count());
    }
  }

  /**
   * A point of one cell.
   *
   * @param seed the repetition, from 1
   */
  record CellPoint(
      @JsonUnwrapped Variant variant, int seed, int labels, String measure, double value)
      implements ResultRow {}

  /**
   * How much better or worse than RANDOM, seed by seed.
   *
   * @param labels null: the mean over all label counts, the area between the curves
   * @param mean of strategy less RANDOM
   */
  record Difference(
      @JsonUnwrapped Variant variant,
      @Nullable Integer labels,
      String measure,
      double mean,
      @Nullable Double standardError,
      int seeds)
      implements ResultRow {

    static Difference of(
        Variant variant, @Nullable Integer labels, String measure, MeanWithError value) {
      return new Difference(
          variant, labels, measure, value.mean(), known(value.standardError()), value.count());
    }
  }

  /** A figure of the diversity table, the mean over all batches of a seed, then over seeds. */
  record Diversity(
      @JsonUnwrapped Variant variant,
      String name,
      double mean,
      @Nullable Double standardError,
      int seeds)
      implements ResultRow {

    static Diversity of(Variant variant, String name, double[] values) {
      MeanWithError value = MeanWithError.of(values);
      return new Diversity(
          variant, name, value.mean(), known(value.standardError()), value.count());
    }
  }

  /** The labels to a target against RANDOM's, as {@link LabelRatio} has them. */
  record Ratio(
      @JsonUnwrapped Variant variant,
      String measure,
      double target,
      @Nullable Double labels,
      @Nullable Double randomLabels,
      @Nullable Double ratio,
      @Nullable Double lower,
      @Nullable Double upper,
      double reached,
      int seeds)
      implements ResultRow {

    static Ratio of(Variant variant, String measure, LabelRatio ratio) {
      return new Ratio(
          variant,
          measure,
          ratio.target(),
          ratio.labels(),
          ratio.randomLabels(),
          ratio.ratio(),
          ratio.lower(),
          ratio.upper(),
          ratio.reached(),
          ratio.repetitions());
    }
  }

  /**
   * The cost to a target.
   *
   * @param labels null, as are the costs, where it is not reached
   * @param responses generated
   * @param total of the three costs
   */
  record Cost(
      @JsonUnwrapped Variant variant,
      String measure,
      double target,
      @Nullable Double labels,
      @Nullable Double responses,
      @Nullable Double computeHours,
      @Nullable Double verdictCost,
      @Nullable Double responseCost,
      @Nullable Double computeCost,
      @Nullable Double total)
      implements ResultRow {

    static Cost of(
        Variant variant,
        String measure,
        double target,
        double labels,
        double responses,
        double hours,
        Prices prices) {
      double verdictCost = labels * prices.perVerdict();
      double responseCost = responses * prices.perResponse();
      double computeCost = hours * prices.perComputeHour();
      return new Cost(
          variant,
          measure,
          target,
          labels,
          responses,
          hours,
          verdictCost,
          responseCost,
          computeCost,
          verdictCost + responseCost + computeCost);
    }

    static Cost unreached(Variant variant, String measure, double target) {
      return new Cost(variant, measure, target, null, null, null, null, null, null, null);
    }
  }

  /**
   * How good a variant gets, and how fast.
   *
   * @param finalLabels at which the curve ends
   * @param areaFrom label count from which the curve's mean height is taken
   * @param areaTo and to which
   * @param area the mean height: the area under the curve over its width
   */
  record Ablation(
      @JsonUnwrapped Variant variant,
      String measure,
      int finalLabels,
      double finalValue,
      @Nullable Double finalStandardError,
      int areaFrom,
      int areaTo,
      double area,
      @Nullable Double areaStandardError,
      @JsonUnwrapped LabelsToTarget toTarget,
      int seeds)
      implements ResultRow {

    static Ablation of(
        Variant variant,
        String measure,
        int finalLabels,
        MeanWithError end,
        int from,
        int to,
        MeanWithError area,
        LabelsToTarget toTarget) {
      return new Ablation(
          variant,
          measure,
          finalLabels,
          end.mean(),
          known(end.standardError()),
          from,
          to,
          area.mean(),
          known(area.standardError()),
          toTarget,
          end.count());
    }
  }

  /**
   * Labels to a target.
   *
   * @param target null where none is given and RANDOM has no curve
   * @param labels on the mean curve; null where it never gets there
   * @param labelsStandardError over draws of a {@link Bootstrap}; null where one of them never gets
   *     there
   * @param reached the share of draws that get there
   */
  record LabelsToTarget(
      @Nullable Double target,
      @Nullable Double labels,
      @Nullable Double labelsStandardError,
      double reached) {}
}
