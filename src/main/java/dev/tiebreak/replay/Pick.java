package dev.tiebreak.replay;

/**
 * A comparison that a strategy chose.
 *
 * @param batch from 1
 * @param a row of the data
 * @param b row of the data
 */
record Pick(int batch, int a, int b) {}
