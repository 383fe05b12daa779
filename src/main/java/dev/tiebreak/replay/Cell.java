package dev.tiebreak.replay;

/**
 * The unit of work, of progress and of resumption: a variant with one seed.
 *
 * @param number from 0, its place in the grid
 * @param repetition from 0: which held-out prompts and coins
 */
record Cell(int number, Variant variant, int repetition) {}
