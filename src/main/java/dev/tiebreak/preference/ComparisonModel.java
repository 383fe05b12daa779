package dev.tiebreak.preference;

import org.jspecify.annotations.Nullable;

/**
 * How a verdict depends on more than the two rewards: annotator j prefers a to b with logit t = s_j
 * (uᵀx + b_p − b_q), p and q the prompts of a and b.
 *
 * @param ties what a tie says
 * @param promptDeviation τ of b ~ N(0, τ²), logits, finite, 0 or more; 0: no effect of prompts;
 *     null: AUTO, chosen by the evidence
 * @param annotatorDeviation ρ of log s ~ N(0, ρ²), finite, 0 or more; 0: all annotators alike;
 *     null: AUTO
 */
public record ComparisonModel(
    TieModel ties, @Nullable Double promptDeviation, @Nullable Double annotatorDeviation) {

  /** Nothing but the two rewards. */
  public static final ComparisonModel PLAIN = new ComparisonModel(TieModel.HALF, 0.0, 0.0);

  /** Checks the ranges. */
  public ComparisonModel {
    check("promptDeviation", promptDeviation);
    check("annotatorDeviation", annotatorDeviation);
  }

  private static void check(String name, @Nullable Double value) {
    if (value != null && !(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " is " + value);
    }
  }

  /** Whether it is that of {@link LastLayer}. */
  public boolean isPlain() {
    return equals(PLAIN);
  }
}
