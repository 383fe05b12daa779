package dev.tiebreak.replay;

import dev.tiebreak.design.PairSet;
import dev.tiebreak.design.Pairs;
import dev.tiebreak.evaluation.Coin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Answers with the recorded verdicts of the training rows, each used once: a pair with several can
 * be asked as often, and gives them in an order that depends on the seed and the pair alone.
 */
final class VerdictOracle implements Oracle {

  private record Pair(int a, int b) {}

  private final Map<Pair, Deque<Answered>> left = new HashMap<>();
  private final List<Pair> spent = new ArrayList<>();
  private final PairSet askable;

  /**
   * An oracle.
   *
   * @param rows of the data, for each training row, ascending
   */
  VerdictOracle(ReplayData data, int[] rows, Coin coin) {
    Map<Pair, List<Answered>> recorded = new HashMap<>();
    Recorded verdicts = data.recorded();
    for (int i = 0; i < verdicts.size(); i++) {
      int a = Arrays.binarySearch(rows, verdicts.a()[i]);
      int b = Arrays.binarySearch(rows, verdicts.b()[i]);
      if (a >= 0 && b >= 0) {
        recorded
            .computeIfAbsent(new Pair(a, b), pair -> new ArrayList<>())
            .add(new Answered(verdicts.y()[i], verdicts.annotators()[i]));
      }
    }
    recorded.forEach((pair, answers) -> {
      if (answers.size() > 1) {
        double draw =
            coin.uniform(
                "order", data.responseIds()[rows[pair.a()]], data.responseIds()[rows[pair.b()]]);
        Collections.shuffle(answers, new Random(Double.doubleToLongBits(draw)));
      }
      left.put(pair, new ArrayDeque<>(answers));
    });
    askable = PairSet.of(pairs(List.copyOf(left.keySet())));
  }

  private static Pairs pairs(List<Pair> pairs) {
    return new Pairs(
        pairs.stream().mapToInt(Pair::a).toArray(), pairs.stream().mapToInt(Pair::b).toArray());
  }

  @Override
  public PairSet askable() {
    return askable;
  }

  @Override
  public PairSet spent() {
    return PairSet.of(pairs(spent));
  }

  @Override
  public Answered ask(int a, int b) {
    Pair pair = new Pair(Math.min(a, b), Math.max(a, b));
    Deque<Answered> answers = left.get(pair);
    if (answers == null || answers.isEmpty()) {
      throw new IllegalStateException("no verdict is left on " + pair);
    }
    Answered answer = answers.removeFirst();
    if (answers.isEmpty()) {
      spent.add(pair);
    }
    return a < b ? answer : new Answered(1 - answer.y(), answer.annotator());
  }
}
