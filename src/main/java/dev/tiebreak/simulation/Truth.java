package dev.tiebreak.simulation;

import java.util.List;
import java.util.Map;

/** Where a data set's answers come from. */
sealed interface Truth {

  /** For people. */
  String description();

  /**
   * A reward for each response, in logits: P(left preferred) = σ(gold_left − gold_right).
   *
   * @param rewards one a row
   */
  record GoldRewards(double[] rewards) implements Truth {
    @Override
    public String description() {
      return "gold rewards";
    }
  }

  /**
   * Recorded human choices.
   *
   * @param choices by pair, each as seen with the pair's smaller row on the left; several where
   *     several annotators judged the pair, in the order of the annotators
   */
  record RecordedChoices(Map<Pair, List<Preference>> choices) implements Truth {
    @Override
    public String description() {
      return choices.size() + " recorded pairs, annotators a pair: " + annotators();
    }

    /** The greatest number of choices that a pair has. */
    int annotators() {
      return choices.values().stream().mapToInt(List::size).max().orElse(0);
    }
  }
}
