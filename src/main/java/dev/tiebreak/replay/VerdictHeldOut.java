package dev.tiebreak.replay;

import dev.tiebreak.evaluation.PairwiseScore;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The recorded verdicts on pairs of held-out rows; a pair's target is the mean of its verdicts. */
final class VerdictHeldOut implements HeldOut {

  private final int[] left;
  private final int[] right;
  private final double[] targets;

  /**
   * What is held out.
   *
   * @param rows of the data, held out, ascending
   */
  VerdictHeldOut(ReplayData data, int[] rows) {
    Map<Long, double[]> sums = new LinkedHashMap<>();
    Recorded verdicts = data.recorded();
    for (int i = 0; i < verdicts.size(); i++) {
      int a = Arrays.binarySearch(rows, verdicts.a()[i]);
      int b = Arrays.binarySearch(rows, verdicts.b()[i]);
      if (a >= 0 && b >= 0) {
        double[] sum = sums.computeIfAbsent(((long) a << 32) | b, pair -> new double[2]);
        sum[0] += verdicts.y()[i];
        sum[1]++;
      }
    }
    if (sums.isEmpty()) {
      throw new ReplayException(
          "No recorded verdict compares two responses of held-out prompts; hold out a greater share");
    }
    left = sums.keySet().stream().mapToInt(pair -> (int) (pair >>> 32)).toArray();
    right = sums.keySet().stream().mapToInt(pair -> (int) (long) pair).toArray();
    targets = sums.values().stream().mapToDouble(sum -> sum[0] / sum[1]).toArray();
  }

  @Override
  public Map<String, Double> measure(double[] rewards) {
    double[] differences = new double[left.length];
    Arrays.setAll(differences, i -> rewards[left[i]] - rewards[right[i]]);
    Map<String, Double> measures = new LinkedHashMap<>();
    double accuracy = PairwiseScore.accuracy(differences, targets);
    if (!Double.isNaN(accuracy)) {
      measures.put(Measure.ACCURACY, accuracy);
    }
    measures.put(Measure.LOG_LOSS, PairwiseScore.logLoss(differences, targets));
    return measures;
  }
}
