package dev.tiebreak.design;

import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.Arrays;

/**
 * Part of a greedy pool: candidates whose scores v xᵀA⁻¹x are kept up to date as A grows. Mutable.
 *
 * <p>xᵀu of a pair is the difference of two entries of Bu. The rows of B are those of the responses
 * that the pairs touch, or where they touch more responses than there are pairs the pairs'
 * differences, each against a row of zeros.
 */
final class PoolSegment {

  private final Matrix basis;
  private final long[] pairs;
  private final int[] first;
  private final int[] second;
  private final double[] variances;
  private final double[] scores;
  private int size;
  private double greatest;

  /** Scores the pairs by a fresh factorisation. */
  PoolSegment(TopPairs found, DesignState state, Information information) {
    this.size = found.size();
    this.pairs = found.pairs();
    this.first = new int[size];
    this.second = new int[size];
    this.variances = new double[size];
    this.scores = new double[size];
    this.basis = basis(state.centred());
    Matrix whitened = information.whiten(basis, state.linearAlgebra());
    double[] rewards = state.rewards();
    for (int i = 0; i < size; i++) {
      double form =
          QuadraticScores.form(whitened.values(), first[i], second[i], whitened.columns());
      variances[i] =
          Logit.variance(rewards[PairSet.first(pairs[i])] - rewards[PairSet.second(pairs[i])]);
      scores[i] = variances[i] * form;
      greatest = Math.max(greatest, scores[i]);
    }
  }

  private Matrix basis(Matrix features) {
    int[] rows =
        Arrays.stream(pairs)
            .flatMap(pair -> Arrays.stream(new long[] {PairSet.first(pair), PairSet.second(pair)}))
            .mapToInt(row -> (int) row)
            .sorted()
            .distinct()
            .toArray();
    return rows.length <= size ? ofRows(features, rows) : ofDifferences(features);
  }

  private Matrix ofRows(Matrix features, int[] rows) {
    int m = features.columns();
    Matrix gathered = Matrix.zeros(rows.length, m);
    int[] places = new int[features.rows()];
    for (int i = 0; i < rows.length; i++) {
      places[rows[i]] = i;
      System.arraycopy(features.values(), rows[i] * m, gathered.values(), i * m, m);
    }
    for (int i = 0; i < size; i++) {
      first[i] = places[PairSet.first(pairs[i])];
      second[i] = places[PairSet.second(pairs[i])];
    }
    return gathered;
  }

  private Matrix ofDifferences(Matrix features) {
    int m = features.columns();
    Matrix differences = Matrix.zeros(size + 1, m);
    for (int i = 0; i < size; i++) {
      int a = PairSet.first(pairs[i]) * m;
      int b = PairSet.second(pairs[i]) * m;
      for (int j = 0; j < m; j++) {
        differences.values()[i * m + j] = features.values()[a + j] - features.values()[b + j];
      }
      first[i] = i;
      second[i] = size;
    }
    return differences;
  }

  int size() {
    return size;
  }

  double greatest() {
    return greatest;
  }

  /** The smallest packed pair that scores at least this; Long.MAX_VALUE where none does. */
  long smallest(double least) {
    long smallest = Long.MAX_VALUE;
    if (greatest >= least) {
      for (int i = 0; i < size; i++) {
        if (scores[i] >= least) {
          smallest = Math.min(smallest, pairs[i]);
        }
      }
    }
    return smallest;
  }

  /** Takes a pair out, if it is here. */
  void remove(long pair) {
    for (int i = 0; i < size; i++) {
      if (pairs[i] == pair) {
        size--;
        pairs[i] = pairs[size];
        first[i] = first[size];
        second[i] = second[size];
        variances[i] = variances[size];
        scores[i] = scores[size];
      }
    }
    greatest = Arrays.stream(scores, 0, size).max().orElse(0);
  }

  /** Each score falls by v · scale · (xᵀu)². */
  void lower(double scale, double[] u, LinearAlgebra linearAlgebra, PairKernels kernels) {
    double[] t = linearAlgebra.multiply(basis, u);
    double root = Math.sqrt(scale);
    for (int i = 0; i < t.length; i++) {
      t[i] *= root;
    }
    greatest = kernels.lower(scores, variances, t, first, second, size);
  }

  /** Gives all pairs back, with their scores and this much more as bounds. */
  void giveBack(double more, TopPairs into) {
    for (int i = 0; i < size; i++) {
      into.offer(pairs[i], scores[i] + more);
    }
  }
}
