package dev.tiebreak.simulation;

import dev.tiebreak.evaluation.Coin;
import dev.tiebreak.simulation.Truth.GoldRewards;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A small data set out of thin air, so that a first run needs no files: 60 prompts × 8 responses in
 * 32 dimensions.
 *
 * <p>Coordinate j (from 1) of an embedding is j^−½ (½ p_j + r_j) with p and r standard normal for
 * the prompt and the response: a decaying spectrum, as real embeddings have. The gold reward is wᵀe
 * plus standard normal noise × ½, w scaled so that rewards of one prompt have standard deviation
 * 1.5 logits before the noise.
 */
final class GeneratedData {

  static final int PROMPTS = 60;
  static final int RESPONSES = 8;
  static final int DIMENSION = 32;

  private static final double REWARD_DEVIATION = 1.5;
  private static final double NOISE_DEVIATION = 0.5;

  private GeneratedData() {}

  /** The same seed makes the same data. */
  static DataSet make(long seed) {
    Random random = new Random(Coin.mix(seed));
    double[] weights = weights(random);
    List<Response> responses = new ArrayList<>();
    float[][] embeddings = new float[PROMPTS * RESPONSES][];
    double[] rewards = new double[PROMPTS * RESPONSES];
    for (int prompt = 0; prompt < PROMPTS; prompt++) {
      double[] offset = gaussians(random);
      for (int response = 0; response < RESPONSES; response++) {
        int row = responses.size();
        embeddings[row] = embedding(offset, gaussians(random));
        rewards[row] = dot(weights, embeddings[row]) + NOISE_DEVIATION * random.nextGaussian();
        responses.add(response(prompt, response));
      }
    }
    return new DataSet("generated", responses, embeddings, new GoldRewards(rewards));
  }

  private static double[] weights(Random random) {
    double[] weights = gaussians(random);
    double variance = 0;
    for (int j = 0; j < DIMENSION; j++) {
      variance += weights[j] * weights[j] / (j + 1);
    }
    double scale = REWARD_DEVIATION / Math.sqrt(variance);
    for (int j = 0; j < DIMENSION; j++) {
      weights[j] *= scale;
    }
    return weights;
  }

  private static float[] embedding(double[] prompt, double[] response) {
    float[] embedding = new float[DIMENSION];
    for (int j = 0; j < DIMENSION; j++) {
      embedding[j] = (float) ((prompt[j] / 2 + response[j]) / Math.sqrt(j + 1));
    }
    return embedding;
  }

  private static double[] gaussians(Random random) {
    double[] values = new double[DIMENSION];
    for (int j = 0; j < DIMENSION; j++) {
      values[j] = random.nextGaussian();
    }
    return values;
  }

  private static double dot(double[] weights, float[] embedding) {
    double sum = 0;
    for (int j = 0; j < DIMENSION; j++) {
      sum += weights[j] * embedding[j];
    }
    return sum;
  }

  private static Response response(int prompt, int response) {
    return new Response(
        "prompt-%02d".formatted(prompt),
        "prompt-%02d-%d".formatted(prompt, response),
        "Generated prompt %d".formatted(prompt),
        "Generated response %d to prompt %d".formatted(response, prompt));
  }
}
