package dev.tiebreak.replay;

/**
 * An oracle's answer.
 *
 * @param y 1 where a is preferred, ½ for a tie, 0 where b is
 * @param annotator whose it is, a number of 0 or more
 */
record Answered(double y, int annotator) {}
