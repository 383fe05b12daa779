package dev.tiebreak.insight;

/**
 * The verdicts that one fit foresaw.
 *
 * @param fit the round that made it
 * @param labels counted verdicts that it was fitted to
 */
record FitScore(long fit, long labels, Score score) {}
