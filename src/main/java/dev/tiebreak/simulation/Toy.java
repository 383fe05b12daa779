package dev.tiebreak.simulation;

import dev.tiebreak.evaluation.Coin;
import dev.tiebreak.simulation.Truth.GoldRewards;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The toy of a plane with three wells, after Shen, Sun, Ton, ICML 2025 (arXiv 2502.04354): where
 * each strategy asks can be seen.
 *
 * <p>40 prompts × 25 responses are points drawn uniformly from [−1, 1]². The gold reward of a point
 * p is 5 Σ_j exp(−‖p − m_j‖² / (2 · 0.3²)) logits with m_1 = (−0.55, −0.45), m_2 = (0.55, −0.35),
 * m_3 = (0, 0.6). A last layer is linear, so the embedding is what a network would have learnt: 81
 * features exp(−‖p − g_k‖² / (2 · 0.3²)), g_k on a 9 × 9 grid over [−1.2, 1.2]².
 */
final class Toy {

  static final int PROMPTS = 40;
  static final int RESPONSES = 25;

  private static final int GRID = 9;
  private static final double REACH = 1.2;
  private static final double WIDTH = 0.3;
  private static final double HEIGHT = 5;
  private static final double[][] WELLS = {{-0.55, -0.45}, {0.55, -0.35}, {0, 0.6}};
  private static final long SEED = 3;

  private final double[][] points = new double[PROMPTS * RESPONSES][2];
  private final double[] rewards = new double[points.length];
  private final DataSet data;

  Toy() {
    Random random = new Random(Coin.mix(SEED));
    List<Response> responses = new ArrayList<>();
    float[][] embeddings = new float[points.length][];
    for (int row = 0; row < points.length; row++) {
      points[row][0] = 2 * random.nextDouble() - 1;
      points[row][1] = 2 * random.nextDouble() - 1;
      rewards[row] = reward(points[row]);
      embeddings[row] = features(points[row]);
      int prompt = row / RESPONSES;
      responses.add(
          new Response(
              "prompt-%02d".formatted(prompt),
              "point-%04d".formatted(row),
              "Which point is better?",
              "The point (%.3f, %.3f)".formatted(points[row][0], points[row][1])));
    }
    data = new DataSet("toy", responses, embeddings, new GoldRewards(rewards));
  }

  private static double reward(double[] point) {
    double sum = 0;
    for (double[] well : WELLS) {
      sum += bump(point, well[0], well[1]);
    }
    return HEIGHT * sum;
  }

  private static float[] features(double[] point) {
    float[] features = new float[GRID * GRID];
    for (int k = 0; k < features.length; k++) {
      features[k] = (float) bump(point, place(k % GRID), place(k / GRID));
    }
    return features;
  }

  private static double place(int step) {
    return REACH * (2.0 * step / (GRID - 1) - 1);
  }

  private static double bump(double[] point, double x, double y) {
    double dx = point[0] - x;
    double dy = point[1] - y;
    return Math.exp(-(dx * dx + dy * dy) / (2 * WIDTH * WIDTH));
  }

  DataSet data() {
    return data;
  }

  /** Where a point is, and its reward. */
  Map<String, Double> metadata(int row) {
    return Map.of("x", points[row][0], "y", points[row][1], "goldReward", rewards[row]);
  }
}
