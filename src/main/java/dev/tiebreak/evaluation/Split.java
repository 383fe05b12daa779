package dev.tiebreak.evaluation;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Which prompts are labelled and which only evaluate.
 *
 * @param training prompts, by id
 * @param heldOut prompts, by id
 */
public record Split(Set<String> training, Set<String> heldOut) {

  /**
   * Holds prompts out at random; the same ones for the same coin, whatever is compared.
   *
   * @param prompts ids, at least two different ones
   * @param share of them, above 0 and below 1; at least one is on each side
   */
  public static Split of(Collection<String> prompts, double share, Coin coin) {
    List<String> drawn =
        prompts.stream()
            .distinct()
            .sorted(
                Comparator.comparingDouble((String prompt) -> coin.uniform("held-out", prompt))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    if (drawn.size() < 2) {
      throw new IllegalArgumentException(drawn.size() + " prompts < 2");
    }
    int held = (int) Math.clamp(Math.round(share * drawn.size()), 1, drawn.size() - 1L);
    return new Split(
        Set.copyOf(drawn.subList(held, drawn.size())), Set.copyOf(drawn.subList(0, held)));
  }
}
