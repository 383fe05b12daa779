package dev.tiebreak.design;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Among the responses that none surely beats, i = argmax_i min_j (Δ_ij − βs_ij), then j = argmin_j
 * (Δ_ij − βs_ij), β = 1: the response with the best guarantee, and the one that it is least sure to
 * beat.
 *
 * <p>j surely beats i where Δ_ij + βs_ij &lt; 0, over all that i may be compared with, whatever is
 * excluded; of the responses to other prompts only the duels with this prompt's are looked at. i
 * and j are candidates both of which none surely beats; where there is no such candidate, i is one
 * that none surely beats, and where there is none of those either, any. Ties go to the smaller row.
 *
 * <p>Source: Melikidze et al., ICML 2026 (arXiv 2603.09692), after Pásztor, Kassraie, Krause,
 * Bandits with Preference Feedback: A Stackelberg Game Perspective, NeurIPS 2024.
 */
final class MaxMinLcb implements PromptRule {

  @Override
  public long pick(PromptContest contest, RewardPosterior posterior) {
    Set<Integer> beaten = beaten(contest, posterior);
    int[] rows = contest.rows();
    int[] unbeaten = Arrays.stream(rows).filter(row -> !beaten.contains(row)).toArray();
    long pair = pick(contest, posterior, unbeaten, beaten);
    if (pair < 0) {
      pair = pick(contest, posterior, unbeaten.length > 0 ? unbeaten : rows, Set.of());
    }
    return pair;
  }

  /**
   * Of candidates of {@code rows} with responses outside {@code beaten}; −1 where there is none.
   */
  private static long pick(
      PromptContest contest, RewardPosterior posterior, int[] rows, Set<Integer> beaten) {
    long best = -1;
    double most = 0;
    for (int i : rows) {
      double least = 0;
      long worst = -1;
      for (int j : contest.partners(i)) {
        double bound = posterior.difference(i, j) - posterior.deviation(i, j);
        if ((worst < 0 || bound < least) && !beaten.contains(j)) {
          least = bound;
          worst = PairSet.pack(i, j);
        }
      }
      if (worst >= 0 && (best < 0 || least > most)) {
        best = worst;
        most = least;
      }
    }
    return best;
  }

  private static Set<Integer> beaten(PromptContest contest, RewardPosterior posterior) {
    Set<Integer> beaten = new HashSet<>();
    for (int i : contest.rows()) {
      for (int j : contest.opponents(i)) {
        double difference = posterior.difference(i, j);
        double deviation = posterior.deviation(i, j);
        if (difference + deviation < 0) {
          beaten.add(i);
        }
        if (difference - deviation > 0) {
          beaten.add(j);
        }
      }
    }
    return beaten;
  }
}
