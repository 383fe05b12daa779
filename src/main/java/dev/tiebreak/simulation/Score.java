package dev.tiebreak.simulation;

/**
 * How well a model predicts held-out prompts.
 *
 * @param spearman rank correlation of model and gold reward per prompt, averaged; NaN without gold
 *     rewards
 * @param accuracy share of pairs whose better response the model prefers; equal rewards count ½
 * @param logLoss mean −[q log p + (1 − q) log(1 − p)], nats; ln 2 = 0.693 knows nothing
 */
record Score(double spearman, double accuracy, double logLoss) {

  @Override
  public String toString() {
    String pairs = "accuracy %.3f  log-loss %.3f".formatted(accuracy, logLoss);
    return Double.isNaN(spearman) ? pairs : "Spearman %6.3f  %s".formatted(spearman, pairs);
  }
}
