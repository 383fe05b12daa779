package dev.tiebreak.replay;

import dev.tiebreak.evaluation.Coin;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which rows are labelled and which only evaluate, by prompt.
 *
 * @param training rows, ascending
 * @param heldOut rows, ascending
 */
record Split(int[] training, int[] heldOut) {

  /**
   * Holds prompts out at random; the same ones for the same coin, whatever is compared.
   *
   * @param rows that take part, ascending
   * @param share of their prompts, above 0 and below 1; at least one prompt is on each side
   */
  static Split of(ReplayData data, int[] rows, double share, Coin coin) {
    List<Integer> prompts =
        Arrays.stream(rows)
            .map(row -> data.promptOf()[row])
            .distinct()
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                        (Integer prompt) -> coin.uniform("held-out", data.promptIds()[prompt]))
                    .thenComparing(prompt -> data.promptIds()[prompt]))
            .toList();
    if (prompts.size() < 2) {
      throw new ReplayException(
          "One prompt to label and one to hold out are the least; responses that can take part"
              + " belong to "
              + prompts.size());
    }
    int held = (int) Math.clamp(Math.round(share * prompts.size()), 1, prompts.size() - 1L);
    boolean[] out = new boolean[data.promptIds().length];
    prompts.subList(0, held).forEach(prompt -> out[prompt] = true);
    return new Split(
        Arrays.stream(rows).filter(row -> !out[data.promptOf()[row]]).toArray(),
        Arrays.stream(rows).filter(row -> out[data.promptOf()[row]]).toArray());
  }
}
