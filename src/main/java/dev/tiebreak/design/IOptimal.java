package dev.tiebreak.design;

/**
 * One pick at a time the largest fall of tr(T A⁻¹), v xᵀA⁻¹TA⁻¹x / (1 + v xᵀA⁻¹x), where tr(T A⁻¹)
 * is the mean posterior variance of a reward difference: T the mean of x xᵀ over all in-prompt
 * pairs of the stored responses, A as for {@link GreedyDOptimal}.
 *
 * <p>Source: transductive (I-optimal, V-optimal) design; Yu, Bi, Tresp, Active Learning via
 * Transductive Experimental Design, ICML 2006. Cost: {@link GreedyVariance}.
 */
final class IOptimal implements SelectionRule {

  @Override
  public long[] choose(DesignState state, int count) {
    return GreedyVariance.choose(state, PredictionTarget.ofDifferences(state), count);
  }
}
