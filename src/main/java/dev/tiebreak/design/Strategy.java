package dev.tiebreak.design;

/**
 * How the comparisons of a batch are chosen from the candidates C.
 *
 * <p>x is the difference of two responses' features, p = σ(r_a − r_b) the probability that the
 * first is preferred, v = p (1 − p) its variance. Ties go to the smaller candidate index: pairs (a,
 * b) with a &lt; b, ordered by a and then b.
 */
public enum Strategy {
  /** Uniform without replacement. Source: Shen, Sun, Ton, ICML 2025 (arXiv 2502.04354). */
  RANDOM(new UniformRandom()),
  /** The smallest |r_a − r_b|. Source: Shen, Sun, Ton, ICML 2025, "entropy sampling". */
  MAX_ENTROPY(new MaxEntropy()),
  /** The largest |r_a − r_b|. Source: Shen, Sun, Ton, ICML 2025. */
  MAX_DIFFERENCE(new MaxDifference()),
  /**
   * The largest xᵀA⁻¹x, A = εI + Σ_C x xᵀ, ε = 1e-6. Source: Shen, Sun, Ton, ICML 2025, det(XᵀX).
   */
  LINEAR_D_OPTIMAL(new LinearDOptimal()),
  /**
   * The largest v xᵀA⁻¹x, A = εI + Σ_C v x xᵀ, ε = 1e-6: the derivative of log det by the weight of
   * the candidate at weights of one. Source: Shen, Sun, Ton, ICML 2025, D-opt.
   */
  D_OPTIMAL(new DOptimal()),
  /**
   * The largest v xᵀA⁻¹x, A = εI + Σ_C v x xᵀ + Σ_past v x xᵀ, ε = 1e-6. Source: Shen, Sun, Ton,
   * ICML 2025, PA D-opt.
   */
  PAST_AWARE_D_OPTIMAL(new PastAwareDOptimal()),
  /**
   * One pick at a time the largest gain log(1 + v xᵀA⁻¹x), then A ← A + v x xᵀ, from A = H +
   * Σ_pending v x xᵀ + Σ_(random arm) v x xᵀ. log det is monotone submodular, so the batch reaches
   * at least 1 − 1/e of the best one's gain (Nemhauser, Wolsey, Fisher 1978).
   */
  GREEDY_D_OPTIMAL(new GreedyDOptimal()),
  /**
   * One pick at a time the largest gain v xᵀA⁻¹TA⁻¹x / (1 + v xᵀA⁻¹x), then A ← A + v x xᵀ, from
   * the A of {@link #GREEDY_D_OPTIMAL}: the fall of tr(T A⁻¹), the mean posterior variance of the
   * reward differences that the model will be used for. T is the mean of x xᵀ over all in-prompt
   * pairs of the stored responses (over all pairs where no prompt has two). Source: Yu, Bi, Tresp,
   * ICML 2006 (transductive design).
   */
  I_OPTIMAL(new IOptimal()),
  /**
   * {@link #I_OPTIMAL} with T the mean of v² x xᵀ: the fall of the mean posterior variance of
   * predicted probabilities. Source: Bickford Smith et al., AISTATS 2023.
   */
  EPIG(new Epig()),
  /**
   * Drawn in proportion to the sensitivity |C| / (1 − exp(−‖x − μ_j‖) + Σ_k |G_k| exp(−‖x − μ_k‖))
   * of a coreset for logistic regression, without replacement: G_k and μ_k ten clusters of the
   * candidates' x and their centres, μ_j the nearest. Source: Huggins, Campbell, Broderick, NeurIPS
   * 2016, as Shen, Sun, Ton, ICML 2025, use it.
   */
  CORESET(new Coreset()),
  /**
   * One pick at a time the largest gain in the joint mutual information of the batch's labels and w
   * under samples of the Laplace posterior N(w*, H⁻¹). Source: Kirsch, van Amersfoort, Gal, NeurIPS
   * 2019, compared by Shen, Sun, Ton, ICML 2025.
   */
  BATCH_BALD(new BatchBald()),
  /**
   * One pair for each of k prompts drawn uniformly: the best response under each of two draws of w
   * from the Laplace posterior. Source: Melikidze et al., ICML 2026 (arXiv 2603.09692).
   */
  DOUBLE_THOMPSON(new DoubleThompson()),
  /**
   * One pair for each of k prompts drawn uniformly: the best response under one draw of w from the
   * Laplace posterior, the worst under another. Source: Melikidze et al., ICML 2026.
   */
  DOUBLE_REVERSE_THOMPSON(new DoubleReverseThompson()),
  /**
   * One pair for each of k prompts drawn uniformly: the largest σ(Δ + s), Δ the reward difference
   * and s its posterior standard deviation. Source: Melikidze et al., ICML 2026.
   */
  DELTA_UCB(new DeltaUcb()),
  /**
   * One pair for each of k prompts drawn uniformly: among the responses that none surely beats (Δ +
   * s &lt; 0) i = argmax_i min_j (Δ_ij − s_ij), then j = argmin_j (Δ_ij − s_ij). Source: Melikidze
   * et al., ICML 2026, after Pásztor, Kassraie, Krause, NeurIPS 2024.
   */
  MAX_MIN_LCB(new MaxMinLcb()),
  /**
   * One pair for each of k prompts drawn uniformly: the largest σ(Δ + s) − σ(Δ − s). Source:
   * Melikidze et al., ICML 2026.
   */
  INFO_MAX(new InfoMax());

  private final SelectionRule rule;

  Strategy(SelectionRule rule) {
    this.rule = rule;
  }

  SelectionRule rule() {
    return rule;
  }
}
