package dev.tiebreak.replay;

/**
 * What things cost, in one currency.
 *
 * @param perVerdict an annotator's hourly wage over the verdicts of an hour
 * @param perResponse to generate one response
 * @param perComputeHour of one processor that fits and selects
 */
record Prices(double perVerdict, double perResponse, double perComputeHour) {}
