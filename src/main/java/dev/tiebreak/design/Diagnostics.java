package dev.tiebreak.design;

import dev.tiebreak.linalg.FloatMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Computes {@link BatchDiagnostics}. */
final class Diagnostics {

  private Diagnostics() {}

  static BatchDiagnostics of(
      DesignProblem problem, List<SelectedPair> pairs, Information before, Information after) {
    int[] touched =
        pairs.stream().flatMapToInt(pair -> IntStream.of(pair.a(), pair.b())).sorted().toArray();
    double[] degrees = runLengths(touched);
    double[] distances = values(pairs, pair -> Math.abs(pair.rewardDifference()));
    return new BatchDiagnostics(
        before.logDeterminant(),
        after.logDeterminant(),
        Arrays.stream(values(pairs, SelectedPair::gain)).sum(),
        mean(degrees),
        standardDeviation(degrees),
        degrees.length,
        components(pairs, touched, degrees.length),
        mean(distances),
        standardDeviation(distances),
        mean(values(pairs, pair -> squaredDistance(problem.embeddings(), pair))),
        mean(values(pairs, pair -> whitenedSquare(problem, pair, before))),
        distinctPromptShare(problem.prompts(), pairs));
  }

  private static double[] values(List<SelectedPair> pairs, ToDoubleFunction<SelectedPair> value) {
    return pairs.stream().mapToDouble(value).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double standardDeviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(mean(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).toArray()));
  }

  /** How often each distinct value of a sorted array occurs. */
  private static double[] runLengths(int[] sorted) {
    int[] starts =
        IntStream.range(0, sorted.length)
            .filter(i -> i == 0 || sorted[i] != sorted[i - 1])
            .toArray();
    double[] lengths = new double[starts.length];
    for (int i = 0; i < starts.length; i++) {
      lengths[i] = (i + 1 < starts.length ? starts[i + 1] : sorted.length) - starts[i];
    }
    return lengths;
  }

  /** Components = responses − pairs that joined two components. */
  private static int components(List<SelectedPair> pairs, int[] touched, int responses) {
    int[] parent = IntStream.range(0, touched.length).toArray();
    int components = responses;
    for (SelectedPair pair : pairs) {
      int a = root(parent, placeOf(touched, pair.a()));
      int b = root(parent, placeOf(touched, pair.b()));
      if (a != b) {
        parent[a] = b;
        components--;
      }
    }
    return components;
  }

  /** The first place of a row among the sorted rows touched. */
  private static int placeOf(int[] touched, int row) {
    int low = 0;
    int high = touched.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (touched[middle] < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int root(int[] parent, int node) {
    int root = node;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  private static double squaredDistance(FloatMatrix embeddings, SelectedPair pair) {
    double sum = 0;
    for (int j = 0; j < embeddings.columns(); j++) {
      double x = (double) embeddings.get(pair.a(), j) - embeddings.get(pair.b(), j);
      sum += x * x;
    }
    return sum;
  }

  private static double whitenedSquare(
      DesignProblem problem, SelectedPair pair, Information before) {
    return before.quadraticForm(PairInformation.difference(problem.features(), pair.a(), pair.b()));
  }

  private static double distinctPromptShare(int[] prompts, List<SelectedPair> pairs) {
    int[] touched =
        pairs.stream()
            .flatMapToInt(pair -> IntStream.of(prompts[pair.a()], prompts[pair.b()]).distinct())
            .toArray();
    long distinct = Arrays.stream(touched).distinct().count();
    return touched.length == 0 ? 0 : (double) distinct / touched.length;
  }
}
