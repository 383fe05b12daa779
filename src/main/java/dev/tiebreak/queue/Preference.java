package dev.tiebreak.queue;

/** What an annotator says of a comparison, by the sides as they saw them. */
public enum Preference {
  LEFT,
  RIGHT,
  TIE,
  BOTH_BAD,
  /** No judgement. */
  SKIP;

  /**
   * The fit's target y for one of the two responses.
   *
   * @param stoodLeft whether that response stood left
   * @return 1 where it was preferred, ½ for a tie or both bad, 0 where the other was; NaN for SKIP
   */
  public double target(boolean stoodLeft) {
    return switch (this) {
      case LEFT -> stoodLeft ? 1 : 0;
      case RIGHT -> stoodLeft ? 0 : 1;
      case TIE, BOTH_BAD -> 0.5;
      case SKIP -> Double.NaN;
    };
  }
}
