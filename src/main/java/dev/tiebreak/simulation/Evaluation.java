package dev.tiebreak.simulation;

import dev.tiebreak.evaluation.Logistic;
import dev.tiebreak.evaluation.PairwiseScore;
import dev.tiebreak.evaluation.Spearman;
import dev.tiebreak.simulation.Truth.GoldRewards;
import dev.tiebreak.simulation.Truth.RecordedChoices;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Scores weights on prompts that the service never saw. */
final class Evaluation {

  /**
   * A held-out pair.
   *
   * @param target q, the probability that left is preferred: σ of the gold difference, or the mean
   *     of the recorded choices
   */
  private record Judged(int left, int right, double target) {}

  private final DataSet data;
  private final List<int[]> goldPrompts;
  private final List<Judged> pairs;

  private Evaluation(DataSet data, List<int[]> goldPrompts, List<Judged> pairs) {
    this.data = data;
    this.goldPrompts = goldPrompts;
    this.pairs = pairs;
  }

  /** On all in-prompt pairs of these prompts (gold rewards) or the recorded pairs among them. */
  static Evaluation of(DataSet data, Set<String> heldOut) {
    Evaluation evaluation =
        switch (data.truth()) {
          case GoldRewards gold -> ofGold(data, gold, heldOut);
          case RecordedChoices recorded -> ofChoices(data, recorded, heldOut);
        };
    if (evaluation.pairs.isEmpty()) {
      throw new SimulationException(
          data.name() + ": none of the held-out prompts has a pair to evaluate on; see --holdout");
    }
    return evaluation;
  }

  private static Evaluation ofGold(DataSet data, GoldRewards gold, Set<String> heldOut) {
    List<int[]> prompts = new ArrayList<>();
    List<Judged> pairs = new ArrayList<>();
    for (int[] rows : rowsByPrompt(data, heldOut)) {
      prompts.add(rows);
      for (int i = 0; i < rows.length; i++) {
        for (int j = i + 1; j < rows.length; j++) {
          double difference = gold.rewards()[rows[i]] - gold.rewards()[rows[j]];
          pairs.add(new Judged(rows[i], rows[j], Logistic.sigmoid(difference)));
        }
      }
    }
    return new Evaluation(data, prompts, pairs);
  }

  private static Evaluation ofChoices(DataSet data, RecordedChoices recorded, Set<String> heldOut) {
    List<Judged> pairs = new ArrayList<>();
    recorded
        .choices()
        .forEach((pair, choices) -> {
          if (heldOut.contains(data.responses().get(pair.least()).promptId())
              && heldOut.contains(data.responses().get(pair.greatest()).promptId())) {
            double target = choices.stream().mapToDouble(Preference::target).average().orElse(0.5);
            pairs.add(new Judged(pair.least(), pair.greatest(), target));
          }
        });
    return new Evaluation(data, List.of(), pairs);
  }

  private static Collection<int[]> rowsByPrompt(DataSet data, Set<String> prompts) {
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < data.responses().size(); row++) {
      String prompt = data.responses().get(row).promptId();
      if (prompts.contains(prompt)) {
        rows.computeIfAbsent(prompt, absent -> new ArrayList<>()).add(row);
      }
    }
    return rows.values().stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toList();
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
    Map<Integer, Double> rewards = new HashMap<>();
    double[] differences =
        pairs.stream().mapToDouble(pair -> difference(weights, rewards, pair)).toArray();
    double[] targets = pairs.stream().mapToDouble(Judged::target).toArray();
    return new Score(
        spearman(weights),
        PairwiseScore.accuracy(differences, targets),
        PairwiseScore.logLoss(differences, targets));
  }

  private double spearman(double[] weights) {
    double sum = 0;
    int prompts = 0;
    for (int[] rows : goldPrompts) {
      double[] gold = new double[rows.length];
      double[] reward = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        gold[i] = ((GoldRewards) data.truth()).rewards()[rows[i]];
        reward[i] = reward(weights, rows[i]);
      }
      double correlation = Spearman.correlation(gold, gold);
      if (!Double.isNaN(correlation)) {
        double modelled = Spearman.correlation(reward, gold);
        sum += Double.isNaN(modelled) ? 0 : modelled;
        prompts++;
      }
    }
    return prompts == 0 ? Double.NaN : sum / prompts;
  }

  private double difference(double[] weights, Map<Integer, Double> rewards, Judged pair) {
    return rewards.computeIfAbsent(pair.left(), row -> reward(weights, row))
        - rewards.computeIfAbsent(pair.right(), row -> reward(weights, row));
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
