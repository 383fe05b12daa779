package dev.tiebreak.design;

import dev.tiebreak.linalg.Cholesky;
import dev.tiebreak.linalg.Matrix;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The scores v xᵀA⁻¹x, or xᵀA⁻¹x, of listed candidates that are fewer than the rows: each pair's
 * difference is whitened, a block at a time, and only its squared norm is kept.
 *
 * <p>Cost: m² / 2 multiply-adds a pair; memory one number a pair.
 *
 * @param pairs the candidates
 * @param forms xᵀA⁻¹x of each, in candidates' order
 * @param weights null for weights of one
 */
record ListedForms(SampledPairs pairs, double[] forms, @Nullable FisherWeights weights)
    implements PairScores, RowScorer {

  /** Numbers of a block of differences, which fit the second cache. */
  private static final int BLOCK = 1 << 16;

  /**
   * Whitens.
   *
   * @param factor of A; null where m = 0
   */
  static ListedForms of(
      SampledPairs pairs,
      @Nullable Cholesky factor,
      Matrix features,
      @Nullable FisherWeights weights) {
    double[] forms = new double[Math.toIntExact(pairs.count())];
    if (factor != null) {
      int height = Math.max(64, BLOCK / features.columns());
      IntStream.range(0, (forms.length + height - 1) / height)
          .parallel()
          .forEach(block -> {
            int from = block * height;
            whiten(pairs, from, Math.min(from + height, forms.length), factor, features, forms);
          });
    }
    return new ListedForms(pairs, forms, weights);
  }

  private static void whiten(
      SampledPairs pairs, int from, int to, Cholesky factor, Matrix features, double[] forms) {
    int m = features.columns();
    Matrix differences = Matrix.zeros(to - from, m);
    for (int i = from; i < to; i++) {
      long pair = pairs.pairAt(i);
      PairInformation.writeDifference(
          features,
          PairSet.first(pair),
          PairSet.second(pair),
          differences.values(),
          (i - from) * m);
    }
    factor.whitenInPlace(differences);
    for (int i = from; i < to; i++) {
      forms[i] = squaredNorm(differences.values(), (i - from) * m, m);
    }
  }

  @Override
  public RowScorer make() {
    return this;
  }

  @Override
  public double score(int a, int b) {
    return forms[pairs.placeOf(a, b)] * weight(a, b);
  }

  @Override
  public void score(int a, int[] partners, int count, double floor, double[] scores) {
    int place = count == 0 ? 0 : pairs.placeOf(a, partners[0]);
    for (int i = 0; i < count; i++) {
      double form = forms[place + i];
      boolean hopeless = weights != null && 0.25 * form < floor;
      scores[i] = form * (hopeless ? 0.25 : weight(a, partners[i]));
    }
  }

  private double weight(int a, int b) {
    return weights == null ? 1 : weights.of(a, b);
  }

  /** In four interleaved partial sums. */
  private static double squaredNorm(double[] values, int from, int count) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int end = from + count;
    int j = from;
    for (; j + 4 <= end; j += 4) {
      s0 = Math.fma(values[j], values[j], s0);
      s1 = Math.fma(values[j + 1], values[j + 1], s1);
      s2 = Math.fma(values[j + 2], values[j + 2], s2);
      s3 = Math.fma(values[j + 3], values[j + 3], s3);
    }
    for (; j < end; j++) {
      s0 = Math.fma(values[j], values[j], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }
}
