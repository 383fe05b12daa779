package dev.tiebreak.design;

/**
 * What a batch is like. Means and standard deviations are those of a whole population (divided by
 * the count); all but the log determinants are 0 for an empty batch.
 *
 * @param logDetBefore log det(H + Σ_pending v x xᵀ), nats
 * @param logDetAfter log det of the same with the batch, nats
 * @param predictedGain Σ of the pairs' gains = logDetAfter − logDetBefore, nats
 * @param comparisonsPerResponseMean over the responses that the batch touches, the degree in the
 *     batch's comparison graph
 * @param comparisonsPerResponseStandardDeviation likewise
 * @param distinctResponses the number of responses that the batch touches
 * @param connectedComponents of the graph of these responses and the batch's pairs
 * @param absoluteRewardDifferenceMean of |r_a − r_b|, logits
 * @param absoluteRewardDifferenceStandardDeviation likewise
 * @param rawVariance trace of the mean of x xᵀ over the batch, x = e_a − e_b of the embeddings as
 *     uploaded. Not centred, as a pair has no order and x no sign
 * @param whitenedVariance the same of x whitened by the information before: the mean of xᵀ(H +
 *     Σ_pending v x xᵀ)⁻¹x
 * @param distinctPromptShare the number of distinct prompts that the batch touches over the number
 *     of times that it touches one (an in-prompt pair once, a cross-prompt pair twice): 1 where no
 *     prompt is touched again
 */
public record BatchDiagnostics(
    double logDetBefore,
    double logDetAfter,
    double predictedGain,
    double comparisonsPerResponseMean,
    double comparisonsPerResponseStandardDeviation,
    int distinctResponses,
    int connectedComponents,
    double absoluteRewardDifferenceMean,
    double absoluteRewardDifferenceStandardDeviation,
    double rawVariance,
    double whitenedVariance,
    double distinctPromptShare) {}
