package dev.tiebreak.load;

/**
 * What a phase came to.
 *
 * @param seconds its length as measured
 * @param usage what was used in it
 * @param rounds that published in it
 */
record PhaseResult(
    Phase phase, double seconds, Measurements measurements, Usage usage, long rounds) {

  double perSecond(double count) {
    return count / seconds;
  }

  double nextBatchesPerSecond() {
    return perSecond(measurements.served(Call.NEXT_BATCH).getTotalCount());
  }

  double verdictsPerSecond() {
    return perSecond(measurements.verdicts());
  }
}
