package dev.tiebreak.design;

import dev.tiebreak.preference.Logistic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch in the making: each pair's gain is taken, then the pair counts for the next. */
final class Batch {

  private final DesignProblem problem;
  private final FisherWeights weights;
  private final Information before;
  private final Information information;
  private final List<SelectedPair> pairs = new ArrayList<>();

  Batch(DesignProblem problem, FisherWeights weights, Information before) {
    this.problem = problem;
    this.weights = weights;
    this.before = before;
    this.information = before.copy();
  }

  /** The information with all pairs so far. */
  Information information() {
    return information;
  }

  void add(long[] packed, Arm arm, @Nullable Double selectionProbability) {
    for (long pair : packed) {
      int a = PairSet.first(pair);
      int b = PairSet.second(pair);
      double difference = weights.rewards()[a] - weights.rewards()[b];
      double v = weights.of(a, b);
      double[] x = PairInformation.difference(problem.features(), a, b);
      double gain = Math.log1p(v * information.quadraticForm(x));
      information.add(x, v);
      double p = Logistic.sigmoid(difference);
      pairs.add(new SelectedPair(a, b, arm, gain, p, difference, selectionProbability));
    }
  }

  Selection selection(long candidates) {
    return new Selection(pairs, candidates, Diagnostics.of(problem, pairs, before, information));
  }
}
