package dev.tiebreak.evaluation;

import dev.tiebreak.preference.Logistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;

/**
 * Responses of prompts that a model has not seen, and what is right about them.
 *
 * <p>Spearman is the mean over prompts whose gold rewards differ, a constant model counting as no
 * correlation. Best-of-N is the mean over prompts with so many responses. Accuracy and log-loss are
 * those of pairs against the probability that left is preferred.
 */
public final class HeldOut {

  /** Of a prompt with more pairs a sample of so many is taken. */
  public static final int MOST_PAIRS = 2000;

  /**
   * A pair.
   *
   * @param left row
   * @param right row
   * @param target probability that left is preferred
   */
  public record Pair(int left, int right, double target) {}

  private final List<int[]> prompts;
  private final double[] gold;
  private final List<Pair> pairs;
  private final double[] targets;

  private HeldOut(List<int[]> prompts, double[] gold, List<Pair> pairs) {
    this.prompts = prompts;
    this.gold = gold;
    this.pairs = pairs;
    this.targets = pairs.stream().mapToDouble(Pair::target).toArray();
  }

  /** Pairs that people have judged. */
  public static HeldOut ofPairs(List<Pair> judged) {
    return new HeldOut(List.of(), new double[0], List.copyOf(judged));
  }

  /**
   * Gold rewards, and all pairs within prompts with their true probabilities, so that no coin adds
   * noise; of a prompt with more than {@value #MOST_PAIRS} a sample of so many.
   *
   * @param prompts the rows of each
   * @param gold rewards, one a row
   * @param scale logits for a unit of gold reward
   * @param seed of a prompt's sample
   */
  public static HeldOut ofGold(
      List<int[]> prompts, double[] gold, double scale, ToLongFunction<int[]> seed) {
    List<int[]> many = prompts.stream().filter(rows -> rows.length > 1).toList();
    List<Pair> pairs = new ArrayList<>();
    for (int[] rows : many) {
      for (int[] pair : pairs(rows, seed)) {
        double logit = scale * (gold[pair[0]] - gold[pair[1]]);
        pairs.add(new Pair(pair[0], pair[1], Logistic.sigmoid(logit)));
      }
    }
    return new HeldOut(many, gold, pairs);
  }

  private static List<int[]> pairs(int[] rows, ToLongFunction<int[]> seed) {
    int n = rows.length;
    List<int[]> pairs = new ArrayList<>();
    if (n * (n - 1L) / 2 > MOST_PAIRS) {
      Random random = new Random(seed.applyAsLong(rows));
      for (int i = 0; i < MOST_PAIRS; i++) {
        int a = random.nextInt(n);
        int b = (a + 1 + random.nextInt(n - 1)) % n;
        pairs.add(new int[] {rows[a], rows[b]});
      }
      return pairs;
    }
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        pairs.add(new int[] {rows[i], rows[j]});
      }
    }
    return pairs;
  }

  /** Whether there is no pair to evaluate on. */
  public boolean isEmpty() {
    return pairs.isEmpty();
  }

  /**
   * How well rewards predict.
   *
   * @param spearman mean rank correlation with the gold rewards; NaN without any that differ
   * @param bestOf mean gold reward of the best of N, by N; those of which there is one
   * @param accuracy share of pairs; NaN where none is decided
   * @param logLoss nats
   */
  public record Score(
      double spearman, Map<Integer, Double> bestOf, double accuracy, double logLoss) {}

  /**
   * Scores rewards.
   *
   * @param rewards one a row, logits
   * @param drawn each N of best-of-N
   */
  public Score score(double[] rewards, int... drawn) {
    double[] differences =
        pairs.stream().mapToDouble(pair -> rewards[pair.left()] - rewards[pair.right()]).toArray();
    Map<Integer, Double> bestOf = new LinkedHashMap<>();
    for (int n : drawn) {
      double best = bestOf(rewards, n);
      if (!Double.isNaN(best)) {
        bestOf.put(n, best);
      }
    }
    return new Score(
        spearman(rewards),
        bestOf,
        PairwiseScore.accuracy(differences, targets),
        PairwiseScore.logLoss(differences, targets));
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
