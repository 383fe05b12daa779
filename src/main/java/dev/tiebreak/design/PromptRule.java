package dev.tiebreak.design;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A rule that chooses one pair for each of k prompts. The prompts are drawn uniformly without
 * replacement; where they are fewer than k, again from the first, in the same order. A prompt that
 * has no candidate left is passed over, so that a batch is filled as long as there are candidates.
 *
 * <p>A prompt's candidates are those with at least one of its responses, as {@link PromptContest}
 * describes: under the IN_PROMPT pairing, for which the rules were published, the pairs of its
 * responses.
 *
 * <p>Source: Melikidze et al., ActiveUltraFeedback, ICML 2026 (arXiv 2603.09692), there with
 * intervals of an epistemic network, here of the Laplace posterior of the last layer, β = 1. Cost:
 * n m² / 2 multiply-adds, and m for each candidate of each prompt drawn.
 */
interface PromptRule extends SelectionRule {

  /**
   * The pair for a prompt, packed: a candidate.
   *
   * @param contest of a prompt with at least one candidate
   */
  long pick(PromptContest contest, RewardPosterior posterior);

  @Override
  default long[] choose(DesignState state, int count) {
    PromptContest.Field field = new PromptContest.Field(state);
    RewardPosterior posterior = new RewardPosterior(state);
    Deque<Integer> prompts = new ArrayDeque<>();
    for (int prompt : state.uniform().permutation(field.prompts())) {
      prompts.add(prompt);
    }
    long[] picks = new long[count];
    for (int i = 0; i < count; ) {
      int prompt = prompts.remove();
      PromptContest contest = field.contest(prompt);
      if (contest.isOpen()) {
        picks[i] = pick(contest, posterior);
        field.take(picks[i++]);
        prompts.add(prompt);
      }
    }
    return picks;
  }
}
