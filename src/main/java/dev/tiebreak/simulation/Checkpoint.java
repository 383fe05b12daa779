package dev.tiebreak.simulation;

import java.time.Duration;

/**
 * A point of a learning curve.
 *
 * @param labels verdicts that count so far
 * @param round the round whose model was scored
 * @param elapsed since the run began
 */
record Checkpoint(int labels, long round, Score score, Duration elapsed) {}
