package dev.tiebreak.replay;

import dev.tiebreak.evaluation.BestOfN;
import dev.tiebreak.evaluation.Coin;
import dev.tiebreak.evaluation.Logistic;
import dev.tiebreak.evaluation.PairwiseScore;
import dev.tiebreak.evaluation.Spearman;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Held-out prompts with gold rewards.
 *
 * <p>1 − Spearman is the mean over prompts whose gold rewards differ, a constant model counting as
 * no correlation. Best-of-N is the mean over prompts with so many responses. Accuracy and log-loss
 * are those of the in-prompt pairs against their true probability, so no coin adds noise; of a
 * prompt with more than {@value #MOST_PAIRS} pairs, a sample of so many, the same for all.
 */
final class GoldHeldOut implements HeldOut {

  static final int MOST_PAIRS = 2000;

  private final List<int[]> prompts;
  private final double[] gold;
  private final int[] drawn;
  private final int[] left;
  private final int[] right;
  private final double[] targets;

  /**
   * What is held out.
   *
   * @param rows of the data, held out
   * @param scale logits for a unit of gold reward
   * @param drawn each N of best-of-N
   */
  GoldHeldOut(ReplayData data, int[] rows, double scale, int[] drawn, Coin coin) {
    this.gold = Arrays.stream(rows).mapToDouble(row -> data.gold()[row]).toArray();
    this.drawn = drawn;
    Map<Integer, List<Integer>> byPrompt = new TreeMap<>();
    for (int i = 0; i < rows.length; i++) {
      byPrompt.computeIfAbsent(data.promptOf()[rows[i]], p -> new ArrayList<>()).add(i);
    }
    prompts =
        byPrompt.values().stream()
            .filter(list -> list.size() > 1)
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toList();
    List<int[]> pairs = new ArrayList<>();
    for (int[] prompt : prompts) {
      String id = data.promptIds()[data.promptOf()[rows[prompt[0]]]];
      addPairs(prompt, Double.doubleToLongBits(coin.uniform("pairs", id)), pairs);
    }
    if (pairs.isEmpty()) {
      throw new ReplayException(
          "None of the held-out prompts has two responses with a gold reward to evaluate on");
    }
    left = pairs.stream().mapToInt(pair -> pair[0]).toArray();
    right = pairs.stream().mapToInt(pair -> pair[1]).toArray();
    targets =
        pairs.stream()
            .mapToDouble(pair -> Logistic.sigmoid(scale * (gold[pair[0]] - gold[pair[1]])))
            .toArray();
  }

  private static void addPairs(int[] prompt, long seed, List<int[]> pairs) {
    int n = prompt.length;
    if (n * (n - 1L) / 2 > MOST_PAIRS) {
      Random random = new Random(seed);
      for (int i = 0; i < MOST_PAIRS; i++) {
        int a = random.nextInt(n);
        int b = (a + 1 + random.nextInt(n - 1)) % n;
        pairs.add(new int[] {prompt[a], prompt[b]});
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        pairs.add(new int[] {prompt[i], prompt[j]});
      }
    }
  }

  @Override
  public Map<String, Double> measure(double[] rewards) {
    Map<String, Double> measures = new LinkedHashMap<>();
    put(measures, Measure.ONE_MINUS_SPEARMAN, 1 - spearman(rewards));
    for (int n : drawn) {
      put(measures, Measure.bestOf(n), bestOf(rewards, n));
    }
    double[] differences = new double[left.length];
    Arrays.setAll(differences, i -> rewards[left[i]] - rewards[right[i]]);
    put(measures, Measure.ACCURACY, PairwiseScore.accuracy(differences, targets));
    put(measures, Measure.LOG_LOSS, PairwiseScore.logLoss(differences, targets));
    return measures;
  }

  /** What cannot be measured here is left out. */
  private static void put(Map<String, Double> measures, String name, double value) {
    if (!Double.isNaN(value)) {
      measures.put(name, value);
    }
  }

  private double spearman(double[] rewards) {
    double sum = 0;
    int counted = 0;
    for (int[] prompt : prompts) {
      double[] right = of(gold, prompt);
      if (Arrays.stream(right).distinct().count() > 1) {
        double correlation = Spearman.correlation(of(rewards, prompt), right);
        sum += Double.isNaN(correlation) ? 0 : correlation;
        counted++;
      }
    }
    return sum / counted;
  }

  private double bestOf(double[] rewards, int n) {
    return prompts.stream()
        .filter(prompt -> prompt.length >= n)
        .mapToDouble(prompt -> BestOfN.expected(of(rewards, prompt), of(gold, prompt), n))
        .average()
        .orElse(Double.NaN);
  }

  private static double[] of(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
  }
}
