package dev.tiebreak.replay;

import dev.tiebreak.design.BatchDiagnostics;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What of a batch's diagnostics tells how diverse it is; the table that [ARM]'s reviewers asked.
 */
final class Diversity {

  private Diversity() {}

  /** By the names of {@link BatchDiagnostics}. */
  static Map<String, Double> of(BatchDiagnostics batch) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("comparisonsPerResponseMean", batch.comparisonsPerResponseMean());
    values.put(
        "comparisonsPerResponseStandardDeviation", batch.comparisonsPerResponseStandardDeviation());
    values.put("distinctResponses", (double) batch.distinctResponses());
    values.put("connectedComponents", (double) batch.connectedComponents());
    values.put("absoluteRewardDifferenceMean", batch.absoluteRewardDifferenceMean());
    values.put(
        "absoluteRewardDifferenceStandardDeviation",
        batch.absoluteRewardDifferenceStandardDeviation());
    values.put("rawVariance", batch.rawVariance());
    values.put("whitenedVariance", batch.whitenedVariance());
    values.put("distinctPromptShare", batch.distinctPromptShare());
    values.put("predictedGain", batch.predictedGain());
    return values;
  }
}
