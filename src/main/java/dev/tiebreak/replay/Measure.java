package dev.tiebreak.replay;

import java.util.List;
import java.util.Map;

/** The measures' names, as results, files and pictures have them. */
final class Measure {

  /** 1 − the rank correlation of model and gold reward per prompt, averaged. */
  static final String ONE_MINUS_SPEARMAN = "oneMinusSpearman";

  /** Share of pairs whose better response the model prefers. */
  static final String ACCURACY = "accuracy";

  /** Nats. */
  static final String LOG_LOSS = "logLoss";

  /** CPU milliseconds of the computing thread for the batch that brought the last labels. */
  static final String SELECTION_MILLIS = "selectionMillis";

  /** CPU milliseconds of the computing thread for the fit of all labels. */
  static final String FIT_MILLIS = "fitMillis";

  /** What is said where another name is given for one of {@link #isQuality}. */
  static final String QUALITIES =
      "must be oneMinusSpearman, accuracy, logLoss, or bestOf and a number";

  /** What is said where a name is given that none has. */
  static final String ALL =
      "must be oneMinusSpearman, accuracy, logLoss, selectionMillis, fitMillis, or bestOf and a"
          + " number";

  private static final String BEST_OF = "bestOf";

  private static final Map<String, String> WORDS =
      Map.of(
          ONE_MINUS_SPEARMAN, "1 − Spearman on held-out prompts",
          ACCURACY, "Pairwise accuracy on held-out prompts",
          LOG_LOSS, "Log-loss on held-out prompts (nats)",
          SELECTION_MILLIS, "Selection of a batch (ms of CPU)",
          FIT_MILLIS, "Fit (ms of CPU)");

  private Measure() {}

  /** Mean gold reward of the best of N by the model. */
  static String bestOf(int n) {
    return BEST_OF + n;
  }

  /** Whether less is better. */
  static boolean falls(String measure) {
    return List.of(ONE_MINUS_SPEARMAN, LOG_LOSS, SELECTION_MILLIS, FIT_MILLIS).contains(measure);
  }

  /** Whether it tells how good the model is. */
  static boolean isQuality(String measure) {
    return List.of(ONE_MINUS_SPEARMAN, ACCURACY, LOG_LOSS).contains(measure)
        || measure.matches(BEST_OF + "\\d{1,6}");
  }

  /** Whether it is the name of a measure. */
  static boolean isKnown(String measure) {
    return isQuality(measure) || WORDS.containsKey(measure);
  }

  /** Words for an axis. */
  static String words(String measure) {
    return measure.startsWith(BEST_OF)
        ? "Gold reward of the best of " + measure.substring(BEST_OF.length())
        : WORDS.getOrDefault(measure, measure);
  }
}
