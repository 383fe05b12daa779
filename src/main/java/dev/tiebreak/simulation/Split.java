package dev.tiebreak.simulation;

import dev.tiebreak.evaluation.Coin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Which prompts are labelled and which only evaluate, drawn by seed: the same for every strategy.
 *
 * @param training prompts whose responses are uploaded
 * @param heldOut prompts kept back
 */
record Split(Set<String> training, Set<String> heldOut) {

  /**
   * Draws a split.
   *
   * @param share of prompts to hold out, in (0, 1); at least one prompt is on each side
   */
  static Split of(DataSet data, double share, long seed) {
    List<String> prompts = new ArrayList<>(data.promptIds());
    if (prompts.size() < 2) {
      throw new SimulationException(
          data.name() + ": one prompt to label and one to hold out are the least");
    }
    Collections.shuffle(prompts, new Random(Coin.mix(seed)));
    int held = Math.clamp(Math.round(share * prompts.size()), 1, prompts.size() - 1);
    return new Split(
        Set.copyOf(prompts.subList(held, prompts.size())), Set.copyOf(prompts.subList(0, held)));
  }
}
