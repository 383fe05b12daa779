package dev.tiebreak.design;

import dev.tiebreak.linalg.Matrix;
import org.jspecify.annotations.Nullable;

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
  private boolean known = true;

  /**
   * Scores the pairs.
   *
   * @param whitened all rows of the features, whitened by A, n × m; null to whiten what is needed,
   *     by a fresh factorisation
   */
  PoolSegment(
      TopPairs found, DesignState state, Information information, @Nullable Matrix whitened) {
    this.size = found.size();
    this.pairs = found.pairs();
    this.first = new int[size];
    this.second = new int[size];
    this.variances = new double[size];
    this.scores = new double[size];
    this.basis = basis(state);
    Matrix own = whitened == null ? information.whiten(basis) : whitened;
    for (int i = 0; i < size; i++) {
      int a = PairSet.first(pairs[i]);
      int b = PairSet.second(pairs[i]);
      variances[i] = state.weights().of(a, b);
      double form =
          whitened == null
              ? QuadraticScores.form(own.values(), first[i], second[i], own.columns())
              : QuadraticScores.form(own.values(), a, b, own.columns());
      scores[i] = variances[i] * form;
      greatest = Math.max(greatest, scores[i]);
    }
  }

  private Matrix basis(DesignState state) {
    int[] places = new int[state.candidates().rows()];
    for (int i = 0; i < size; i++) {
      places[PairSet.first(pairs[i])] = 1;
      places[PairSet.second(pairs[i])] = 1;
    }
    int rows = 0;
    for (int row = 0; row < places.length; row++) {
      places[row] = places[row] == 0 ? -1 : rows++;
    }
    return rows <= size
        ? ofRows(state.centred(), places, rows)
        : ofDifferences(state.problem().features());
  }

  private Matrix ofRows(Matrix features, int[] places, int rows) {
    int m = features.columns();
    Matrix gathered = Matrix.zeros(rows, m);
    for (int row = 0; row < places.length; row++) {
      if (places[row] >= 0) {
        System.arraycopy(features.values(), row * m, gathered.values(), places[row] * m, m);
      }
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

  /** The greatest score, 0 where there is none. */
  double greatest() {
    if (!known) {
      greatest = 0;
      for (int i = 0; i < size; i++) {
        greatest = Math.max(greatest, scores[i]);
      }
      known = true;
    }
    return greatest;
  }

  /** The place of the smallest packed pair that scores at least this; −1 where none does. */
  int smallest(double least) {
    int place = -1;
    for (int i = 0; i < size; i++) {
      if (scores[i] >= least && (place < 0 || pairs[i] < pairs[place])) {
        place = i;
      }
    }
    return place;
  }

  long pair(int place) {
    return pairs[place];
  }

  /** Takes out the pair at a place. */
  void remove(int place) {
    size--;
    pairs[place] = pairs[size];
    first[place] = first[size];
    second[place] = second[size];
    variances[place] = variances[size];
    scores[place] = scores[size];
    known = false;
  }

  /** Each score falls by v (xᵀu)². */
  void lower(double[] u, PairKernels kernels) {
    double[] t = new double[basis.rows()];
    kernels.multiply(basis.values(), u, 0, t.length, t);
    greatest = kernels.lower(scores, variances, t, first, second, size);
    known = true;
  }

  /** Gives all pairs back, with their scores and this much more as bounds. */
  void giveBack(double more, BoundedPairs into) {
    for (int i = 0; i < size; i++) {
      into.giveBack(pairs[i], variances[i], scores[i] + more);
    }
  }
}
