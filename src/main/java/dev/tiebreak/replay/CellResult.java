package dev.tiebreak.replay;

import java.util.List;

/**
 * What a cell came to.
 *
 * @param points in the order of their labels
 * @param picks in the order of the choice
 * @param pool responses among which was chosen
 * @param wallMillis how long it took
 */
record CellResult(List<Point> points, List<Pick> picks, int pool, long wallMillis) {}
