package dev.tiebreak.simulation;

import dev.tiebreak.command.OptionHelp;

/** What {@code simulate --help} prints. */
final class Help {

  private static final String INTRODUCTION =
      """
      Plays labeling tools and annotators against a running service, over HTTP alone:
      uploads responses, polls next-batch as several annotators, answers, and prints
      a learning curve measured on prompts that the service never saw.

      java -jar tiebreak.jar simulate [options]

      """;

  private static final String FORMATS =
      """

      A data set is a directory. All its .ndjson files hold a JSON object a line.
        embeddings.npy     float16, float32 or float64, C order, shape [n, d]
        responses.ndjson   row, prompt_id, response_id, gold_reward (in logits)
        texts.ndjson       row, response_id, response, prompt; prompt_id where there
                           is no responses.ndjson. One of the two files is needed.
        prompts.ndjson     optional: prompt_id, prompt
        pairs.ndjson       recorded choices: left, right (response ids), and label
                           ("left", "right", "tie", "both_bad", "skip") or labels
                           {"annotator1": label, "annotator2": label, ...}
      `row` is the response's row of embeddings.npy, the line's place by default.
      Without pairs.ndjson an annotator prefers left with probability
      1 / (1 + exp(gold_right - gold_left)). With it, annotators answer as recorded;
      where a pair has several labels, annotator i gives the i-th, in the order of
      their names. A pair recorded again keeps its first record; one without a record
      is skipped.

      On held-out prompts: Spearman is the rank correlation of model and gold reward
      per prompt, averaged; accuracy and log-loss are of pairs (log-loss in nats).
      """;

  private Help() {}

  static String text() {
    return INTRODUCTION + OptionHelp.of(Option.values()) + FORMATS;
  }
}
