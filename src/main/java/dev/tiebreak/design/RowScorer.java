package dev.tiebreak.design;

/** Scores the candidates of a row: the greater, the better. One thread uses one. */
interface RowScorer {

  /**
   * Scores the pairs (a, partners[0..count)).
   *
   * @param partners ascending
   * @param floor a pair that scores below this may be given any score below it
   * @param scores changed
   */
  void score(int a, int[] partners, int count, double floor, double[] scores);

  /** Makes a scorer for each thread's use. */
  @FunctionalInterface
  interface Maker {
    /** A new scorer. */
    RowScorer make();
  }
}
