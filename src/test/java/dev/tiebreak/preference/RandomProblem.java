package dev.tiebreak.preference;

import dev.tiebreak.linalg.FloatMatrix;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/**
 * A seeded problem: embeddings whose directions differ in size by a power law, prompts of {@code
 * perPrompt} responses, in-prompt verdicts by a Bradley–Terry coin with some ties.
 */
@NullMarked
record RandomProblem(FloatMatrix embeddings, int[] promptOf, Judgements judgements) {

  static RandomProblem of(int n, int perPrompt, int d, int verdicts, double strength, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(1 + i % d, -0.7) + 0.3 * (i % 3));
    }
    FloatMatrix embeddings = FloatMatrix.of(n, d, values);
    int[] promptOf = new int[n];
    for (int i = 0; i < n; i++) {
      promptOf[i] = i / perPrompt;
    }
    double[] w = random.doubles(d, -1, 1).map(v -> v * strength).toArray();
    int[] a = new int[verdicts];
    int[] b = new int[verdicts];
    double[] y = new double[verdicts];
    for (int i = 0; i < verdicts; i++) {
      a[i] = random.nextInt(n);
      b[i] = a[i] / perPrompt * perPrompt + random.nextInt(perPrompt);
      y[i] = random.nextInt(10) == 0 ? 0.5 : answer(embeddings, w, a[i], b[i], random);
    }
    return new RandomProblem(embeddings, promptOf, new Judgements(a, b, y));
  }

  private static double answer(FloatMatrix e, double[] w, int a, int b, Random random) {
    double t = 0;
    for (int j = 0; j < w.length; j++) {
      t += w[j] * (e.get(a, j) - e.get(b, j));
    }
    return random.nextDouble() < 1 / (1 + Math.exp(-t)) ? 1 : 0;
  }

  RandomProblem with(Judgements other) {
    return new RandomProblem(embeddings, promptOf, other);
  }

  RandomProblem times(float factor) {
    float[] values = embeddings.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return new RandomProblem(
        FloatMatrix.of(embeddings.rows(), embeddings.columns(), values), promptOf, judgements);
  }
}
