package dev.tiebreak.simulation;

import dev.tiebreak.evaluation.HeldOut;
import dev.tiebreak.simulation.Truth.GoldRewards;
import dev.tiebreak.simulation.Truth.RecordedChoices;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Scores weights on prompts that the service never saw. */
final class Evaluation {

  private final DataSet data;
  private final HeldOut heldOut;
  private final int[] rows;

  private Evaluation(DataSet data, HeldOut heldOut, int[] rows) {
    this.data = data;
    this.heldOut = heldOut;
    this.rows = rows;
  }

  /** On the in-prompt pairs of these prompts (gold rewards) or the recorded pairs among them. */
  static Evaluation of(DataSet data, Set<String> prompts) {
    Collection<List<Integer>> rows = rowsByPrompt(data, prompts);
    HeldOut heldOut =
        switch (data.truth()) {
          case GoldRewards gold ->
              HeldOut.ofGold(
                  rows.stream().map(Evaluation::array).toList(),
                  gold.rewards(),
                  1,
                  prompt -> prompt[0]);
          case RecordedChoices recorded -> HeldOut.ofPairs(judged(data, recorded, prompts));
        };
    if (heldOut.isEmpty()) {
      throw new SimulationException(
          data.name() + ": none of the held-out prompts has a pair to evaluate on; see --holdout");
    }
    return new Evaluation(data, heldOut, array(rows.stream().flatMap(List::stream).toList()));
  }

  private static int[] array(List<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<HeldOut.Pair> judged(
      DataSet data, RecordedChoices recorded, Set<String> prompts) {
    List<HeldOut.Pair> pairs = new ArrayList<>();
    recorded
        .choices()
        .forEach((pair, choices) -> {
          if (prompts.contains(data.responses().get(pair.least()).promptId())
              && prompts.contains(data.responses().get(pair.greatest()).promptId())) {
            double target = choices.stream().mapToDouble(Preference::target).average().orElse(0.5);
            pairs.add(new HeldOut.Pair(pair.least(), pair.greatest(), target));
          }
        });
    return pairs;
  }

  private static Collection<List<Integer>> rowsByPrompt(DataSet data, Set<String> prompts) {
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < data.responses().size(); row++) {
      String prompt = data.responses().get(row).promptId();
      if (prompts.contains(prompt)) {
        rows.computeIfAbsent(prompt, absent -> new ArrayList<>()).add(row);
      }
    }
    return rows.values();
  }

  /**
   * Scores a last layer.
   *
   * @param weights w, d numbers
   */
  Score score(double[] weights) {
    if (weights.length != data.dimension()) {
      throw new SimulationException(
          "The model has %d weights, the data %d dimensions"
              .formatted(weights.length, data.dimension()));
    }
    double[] rewards = new double[data.responses().size()];
    for (int row : rows) {
      rewards[row] = reward(weights, row);
    }
    HeldOut.Score score = heldOut.score(rewards);
    return new Score(score.spearman(), score.accuracy(), score.logLoss());
  }

  private double reward(double[] weights, int row) {
    float[] embedding = data.embedding(row);
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * embedding[i];
    }
    return sum;
  }
}
