package dev.tiebreak.design;

import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Judgements;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;

/**
 * What is selected from: normal features with E‖x‖² = 1, prior precision ¼ and weights drawn with
 * standard deviation 2 (reward differences of 2 logits).
 */
@NullMarked
public enum SelectionWork {
  /** 499,500 pairs. */
  ALL_1000_64(1_000, 64, 500, Pairing.ANY, 0),
  /** 12.5 million pairs. */
  ALL_5000_64(5_000, 64, 500, Pairing.ANY, 0),
  /** 12.5 million pairs. */
  ALL_5000_384(5_000, 384, 500, Pairing.ANY, 0),
  /** 10⁸ pairs. */
  ALL_14143_64(14_143, 64, 125, Pairing.ANY, 0),
  /** 1.25 · 10⁹ pairs. */
  ALL_50000_64(50_000, 64, 500, Pairing.ANY, 0),
  /** 4,000 prompts × 10 responses. */
  PROMPTS_40000_384(40_000, 384, 500, Pairing.IN_PROMPT, 0),
  /** 40,000 prompts × 10 responses. */
  PROMPTS_400000_64(400_000, 64, 500, Pairing.IN_PROMPT, 0),
  /** 40,000 prompts × 10 responses. */
  PROMPTS_400000_384(400_000, 384, 500, Pairing.IN_PROMPT, 0),
  /** 20,000 pairs of 20,000 responses. */
  LISTED_20000_64(20_000, 64, 500, Pairing.ANY, 20_000),
  /** 20,000 pairs of 20,000 responses. */
  LISTED_20000_384(20_000, 384, 500, Pairing.ANY, 20_000),
  /** 12.5 million pairs of 50 clusters, a tenth as wide as they lie apart. */
  CLUSTERS_5000_64(5_000, 64, 500, Pairing.ANY, 0),
  /** 12.5 million pairs, component j with standard deviation (1 + j)^−0.6. */
  SPECTRUM_5000_64(5_000, 64, 500, Pairing.ANY, 0);

  private static final int CLUSTERS = 50;

  private final int rows;
  private final int columns;
  private final int batchSize;
  private final Pairing pairing;
  private final int limit;

  SelectionWork(int rows, int columns, int batchSize, Pairing pairing, int limit) {
    this.rows = rows;
    this.columns = columns;
    this.batchSize = batchSize;
    this.pairing = pairing;
    this.limit = limit;
  }

  DesignProblem problem(Strategy strategy) {
    Random random = new Random(1);
    Matrix features = Matrix.zeros(rows, columns);
    for (int i = 0; i < features.values().length; i++) {
      features.values()[i] = random.nextGaussian() / Math.sqrt(2.0 * columns);
    }
    shape(features);
    double[] coefficients = new double[columns];
    for (int j = 0; j < columns; j++) {
      coefficients[j] = 2 * random.nextGaussian();
    }
    return new DesignProblem(
        features,
        FloatMatrix.allocate(rows, 0),
        IntStream.range(0, rows).map(i -> i / 10).toArray(),
        coefficients,
        Matrix.scaledIdentity(columns, 0.25),
        Judgements.none(),
        Pairs.none(),
        PairSet.none(),
        pairing,
        strategy,
        batchSize,
        0,
        limit == 0 ? null : limit,
        1,
        null);
  }

  private void shape(Matrix features) {
    double[] values = features.values();
    if (this == CLUSTERS_5000_64) {
      for (int i = values.length - 1; i >= CLUSTERS * columns; i--) {
        values[i] = values[i % (CLUSTERS * columns)] + 0.1 * values[i];
      }
    } else if (this == SPECTRUM_5000_64) {
      double total = 0;
      for (int j = 0; j < columns; j++) {
        total += Math.pow(1 + j, -1.2);
      }
      for (int i = 0; i < values.length; i++) {
        values[i] *= Math.pow(1 + i % columns, -0.6) * Math.sqrt(columns / total);
      }
    }
  }
}
