package dev.tiebreak.replay;

import dev.tiebreak.design.Pairing;
import dev.tiebreak.evaluation.Coin;
import dev.tiebreak.evaluation.HeldOut;
import dev.tiebreak.evaluation.Split;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows of one side of a split, and what can be done with them.
 *
 * @param rows ascending
 */
record Side(ReplayData data, int[] rows) {

  /** Both sides, of which one trains and one evaluates. */
  record Both(Side training, Side heldOut) {}

  /** Draws that are made before it is given up that both sides have a pair. */
  static final int DRAWS = 100;

  /**
   * The first draw of a seed's sequence in which both sides have a pair, so that one unlucky seed
   * does not spoil a replay.
   */
  static Both draw(ReplayData data, ReplaySettings settings, long seed) {
    int[] rows = data.rows();
    List<String> prompts = Arrays.stream(rows).mapToObj(data::promptId).distinct().toList();
    if (prompts.size() < 2) {
      throw new ReplayException(
          "One prompt to label and one to hold out are the least; responses that can take part"
              + " belong to "
              + prompts.size());
    }
    boolean evaluates = false;
    for (int draw = 0; draw < DRAWS; draw++) {
      Coin coin = new Coin(draw == 0 ? seed : Coin.mix(seed + draw));
      Split split = Split.of(prompts, settings.heldOutShare(), coin);
      Side heldOut = of(data, rows, split.heldOut());
      Side training = of(data, rows, split.training());
      if (heldOut.hasPair(Pairing.ANY, true)) {
        evaluates = true;
        if (training.hasPair(settings.pairing(), false)) {
          return new Both(training, heldOut);
        }
      }
    }
    throw new ReplayException(evaluates ? NOTHING_TO_ASK : nothingToEvaluate(data));
  }

  private static final String NOTHING_TO_ASK =
      "There is no pair to ask: none that the pairing allows has a label";

  private static String nothingToEvaluate(ReplayData data) {
    return data.hasGold()
        ? "None of the held-out prompts has two responses with a gold reward to evaluate on"
        : "No recorded verdict compares two responses of held-out prompts; hold out a greater share";
  }

  private static Side of(ReplayData data, int[] rows, Set<String> prompts) {
    return new Side(
        data, Arrays.stream(rows).filter(row -> prompts.contains(data.promptId(row))).toArray());
  }

  /** The place of a row of the data; negative where it is on the other side. */
  int place(int row) {
    return Arrays.binarySearch(rows, row);
  }

  /**
   * Whether a pair can be asked, or be evaluated on.
   *
   * @param inPrompt whether gold rewards tell only of pairs within prompts
   */
  private boolean hasPair(Pairing pairing, boolean inPrompt) {
    if (!data.hasGold()) {
      Recorded verdicts = data.recorded();
      for (int i = 0; i < verdicts.size(); i++) {
        if (place(verdicts.a()[i]) >= 0
            && place(verdicts.b()[i]) >= 0
            && allows(
                pairing, data.promptOf()[verdicts.a()[i]] == data.promptOf()[verdicts.b()[i]])) {
          return true;
        }
      }
      return false;
    }
    long prompts = Arrays.stream(rows).map(row -> data.promptOf()[row]).distinct().count();
    boolean within = prompts < rows.length;
    boolean across = prompts > 1 && !inPrompt;
    return allows(pairing, true) && within || allows(pairing, false) && across;
  }

  private static boolean allows(Pairing pairing, boolean samePrompt) {
    return switch (pairing) {
      case ANY -> true;
      case IN_PROMPT -> samePrompt;
      case CROSS_PROMPT -> !samePrompt;
    };
  }

  /**
   * What rewards of these rows are held to; of verdicts, a pair's target is their mean.
   *
   * @param scale logits for a unit of gold reward
   */
  HeldOut heldOut(double scale, Coin coin) {
    if (!data.hasGold()) {
      return HeldOut.ofPairs(judged());
    }
    Map<Integer, List<Integer>> prompts =
        IntStream.range(0, rows.length)
            .boxed()
            .collect(
                Collectors.groupingBy(
                    i -> data.promptOf()[rows[i]], TreeMap::new, Collectors.toList()));
    return HeldOut.ofGold(
        prompts.values().stream()
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toList(),
        Arrays.stream(rows).mapToDouble(row -> data.gold()[row]).toArray(),
        scale,
        prompt -> Double.doubleToLongBits(coin.uniform("pairs", data.promptId(rows[prompt[0]]))));
  }

  private List<HeldOut.Pair> judged() {
    Map<Long, double[]> sums = new LinkedHashMap<>();
    Recorded verdicts = data.recorded();
    for (int i = 0; i < verdicts.size(); i++) {
      int a = place(verdicts.a()[i]);
      int b = place(verdicts.b()[i]);
      if (a >= 0 && b >= 0) {
        double[] sum = sums.computeIfAbsent(((long) a << 32) | b, pair -> new double[2]);
        sum[0] += verdicts.y()[i];
        sum[1]++;
      }
    }
    return sums.entrySet().stream()
        .map(entry ->
            new HeldOut.Pair(
                (int) (entry.getKey() >>> 32),
                (int) (long) entry.getKey(),
                entry.getValue()[0] / entry.getValue()[1]))
        .toList();
  }
}
