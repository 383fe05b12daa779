package dev.tiebreak.replay;

import dev.tiebreak.evaluation.Coin;
import dev.tiebreak.evaluation.HeldOut;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.EmbeddingSpectrum;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of one repetition and one dimension share: which prompts are held out, the
 * embeddings of both sides, and the spectrum of the training side. The held-out side has no part in
 * the spectrum, as a project has not seen it either. Not changed by cells.
 *
 * @param seed of the repetition
 * @param rows of the data, for each training row
 * @param training embeddings
 * @param promptOf the prompt of each training row
 * @param drawn each N of best-of-N
 * @param heldOutEmbeddings in the order of {@code heldOut}'s rows
 */
record Trial(
    ReplayData data,
    long seed,
    int[] rows,
    FloatMatrix training,
    int[] promptOf,
    EmbeddingSpectrum spectrum,
    FloatMatrix heldOutEmbeddings,
    HeldOut heldOut,
    int[] drawn,
    double scale) {

  /**
   * A trial.
   *
   * @param repetition from 0
   * @param dimension leading components of Σ, the mean of x xᵀ over the training side's in-prompt
   *     pairs, that both sides are projected on; null, or not below d: the embeddings as they are
   */
  static Trial of(
      ReplayData data,
      ReplaySettings settings,
      int repetition,
      @Nullable Integer dimension,
      LinearAlgebra algebra) {
    long seed = Coin.mix(settings.seed() + Coin.mix(repetition));
    int[] all = data.rows();
    double scale = data.hasGold() ? GoldScale.of(data, all, settings.goldScale()) : 1;
    Side.Both sides = Side.draw(data, settings, seed);
    int[] rows = sides.training().rows();
    HeldOut heldOut = sides.heldOut().heldOut(scale, new Coin(seed));
    FloatMatrix training = take(data.embeddings(), rows);
    FloatMatrix other = take(data.embeddings(), sides.heldOut().rows());
    int[] promptOf = Arrays.stream(rows).map(row -> data.promptOf()[row]).toArray();
    EmbeddingSpectrum spectrum = EmbeddingSpectrum.of(training, promptOf, algebra);
    if (dimension != null && dimension < training.columns()) {
      Matrix leading = leading(spectrum.vectors(), dimension);
      training = single(algebra.multiply(training, leading));
      other = single(algebra.multiply(other, leading));
      spectrum = EmbeddingSpectrum.of(training, promptOf, algebra);
    }
    return new Trial(
        data,
        seed,
        rows,
        training,
        promptOf,
        spectrum,
        other,
        heldOut,
        data.hasGold() ? DrawSizes.of(data, all) : new int[0],
        scale);
  }

  /** Who answers a cell. */
  Oracle oracle() {
    return data.hasGold()
        ? new GoldOracle(data, rows, scale, new Coin(seed))
        : new VerdictOracle(data, rows, new Coin(seed));
  }

  /**
   * How well weights predict the held-out side, by the measures' names.
   *
   * @param weights w, as many as the embeddings have columns
   */
  Map<String, Double> measure(double[] weights, LinearAlgebra algebra) {
    Matrix column = new Matrix(weights.length, 1, weights);
    HeldOut.Score score =
        heldOut.score(algebra.multiply(heldOutEmbeddings, column).values(), drawn);
    Map<String, Double> measures = new LinkedHashMap<>();
    put(measures, Measure.ONE_MINUS_SPEARMAN, 1 - score.spearman());
    score.bestOf().forEach((n, gold) -> put(measures, Measure.bestOf(n), gold));
    put(measures, Measure.ACCURACY, score.accuracy());
    put(measures, Measure.LOG_LOSS, score.logLoss());
    return measures;
  }

  /** What cannot be measured here is left out. */
  private static void put(Map<String, Double> measures, String name, double value) {
    if (!Double.isNaN(value)) {
      measures.put(name, value);
    }
  }

  private static FloatMatrix take(FloatMatrix from, int[] rows) {
    FloatMatrix taken = FloatMatrix.allocate(rows.length, from.columns());
    float[] row = new float[from.columns()];
    for (int i = 0; i < rows.length; i++) {
      from.copyRow(rows[i], row, 0);
      taken.setRow(i, row, 0);
    }
    return taken;
  }

  private static Matrix leading(Matrix vectors, int count) {
    int kept = Math.min(count, vectors.columns());
    Matrix leading = Matrix.zeros(vectors.rows(), kept);
    for (int i = 0; i < vectors.rows(); i++) {
      for (int j = 0; j < kept; j++) {
        leading.values()[i * kept + j] = vectors.get(i, j);
      }
    }
    return leading;
  }

  private static FloatMatrix single(Matrix from) {
    FloatMatrix matrix = FloatMatrix.allocate(from.rows(), from.columns());
    float[] row = new float[from.columns()];
    for (int i = 0; i < from.rows(); i++) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) from.get(i, j);
      }
      matrix.setRow(i, row, 0);
    }
    return matrix;
  }
}
