package dev.tiebreak.replay;

import dev.tiebreak.design.PairSet;
import dev.tiebreak.design.Pairs;
import dev.tiebreak.evaluation.Coin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prefers a with probability σ(scale · (gold_a − gold_b)). The coin of a pair depends on the seed
 * and the pair alone, so that all strategies get the same answer to the same question. Each pair is
 * asked once.
 */
final class GoldOracle implements Oracle {

  private final ReplayData data;
  private final int[] rows;
  private final double scale;
  private final Coin coin;
  private final List<int[]> pairs = new ArrayList<>();

  /**
   * An oracle.
   *
   * @param rows of the data, for each training row
   * @param scale logits for a unit of gold reward
   */
  GoldOracle(ReplayData data, int[] rows, double scale, Coin coin) {
    this.data = data;
    this.rows = rows;
    this.scale = scale;
    this.coin = coin;
  }

  @Override
  public @Nullable PairSet askable() {
    return null;
  }

  @Override
  public PairSet spent() {
    return PairSet.of(
        new Pairs(
            pairs.stream().mapToInt(pair -> pair[0]).toArray(),
            pairs.stream().mapToInt(pair -> pair[1]).toArray()));
  }

  @Override
  public Answered ask(int a, int b) {
    pairs.add(new int[] {a, b});
    int left = rows[Math.min(a, b)];
    int right = rows[Math.max(a, b)];
    boolean leftWins =
        coin.prefersLeft(
            scale * (data.gold()[left] - data.gold()[right]),
            "verdict",
            data.responseIds()[left],
            data.responseIds()[right]);
    return new Answered(leftWins == a < b ? 1 : 0, 0);
  }
}
