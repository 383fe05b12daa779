package dev.tiebreak.preference;

/** What a tie says. */
public enum TieModel {
  /** Half a win for each: the target ½ in the Bradley–Terry likelihood. */
  HALF,
  /**
   * An outcome of its own, of probability ν / Z beside e^(t/2) / Z and e^(−t/2) / Z, Z their sum.
   *
   * <p>Source: Davidson, On extending the Bradley–Terry model to accommodate ties in paired
   * comparison experiments, JASA 65, 1970.
   */
  DAVIDSON
}
