package dev.tiebreak.replay;

import java.util.Map;

/**
 * A point of a learning curve: after a batch was answered and all labels so far were fitted.
 *
 * @param labels so far
 * @param measures by the names of {@link Measure}
 * @param diversity of the batch that brought the last labels, by the names of {@link Diversity}
 * @param responses distinct ones that were compared so far
 * @param computeMillis CPU time of all fits and selections so far
 */
record Point(
    int labels,
    Map<String, Double> measures,
    Map<String, Double> diversity,
    int responses,
    double computeMillis) {}
