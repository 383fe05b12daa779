package dev.tiebreak.round;

import dev.tiebreak.design.DesignProblem;
import dev.tiebreak.design.Selection;
import dev.tiebreak.preference.Fit;
import dev.tiebreak.project.Project;

/**
 * A round was published; told on its thread, after its transaction, with what it computed still at
 * hand. A listener that fails harms nothing; the next round waits for all of them.
 *
 * @param project as the round saw it
 * @param number of the round
 * @param fit that the round made, or used again
 * @param problem that the selection solves
 */
public record RoundPublished(
    Project project, long number, Fit fit, DesignProblem problem, Selection selection) {}
