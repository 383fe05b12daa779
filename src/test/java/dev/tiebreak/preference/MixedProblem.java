package dev.tiebreak.preference;

import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/**
 * A seeded problem by the model of {@link MixedLastLayer}: pairs of any prompts, offsets of
 * prompts, annotators of known temperatures, Davidson's ties. A negative temperature answers the
 * wrong way round.
 */
@NullMarked
record MixedProblem(RandomProblem problem, JudgementGroups groups, double[] offsets) {

  /** What verdicts are drawn by. */
  record Truth(
      int n,
      int perPrompt,
      int d,
      double strength,
      double offsets,
      double[] temperatures,
      double nu) {}

  static MixedProblem of(Truth truth, int verdicts, long seed) {
    Random random = new Random(seed);
    RandomProblem plain =
        RandomProblem.of(truth.n, truth.perPrompt, truth.d, 0, truth.strength, seed);
    double[] w = random.doubles(truth.d, -1, 1).map(v -> v * truth.strength).toArray();
    double[] offsets = new double[truth.n / truth.perPrompt + 1];
    for (int p = 0; p < offsets.length; p++) {
      offsets[p] = truth.offsets * random.nextGaussian();
    }
    int[] a = new int[verdicts];
    int[] b = new int[verdicts];
    double[] y = new double[verdicts];
    int[] annotators = new int[verdicts];
    for (int i = 0; i < verdicts; i++) {
      a[i] = random.nextInt(truth.n);
      b[i] = random.nextInt(truth.n);
      annotators[i] = random.nextInt(truth.temperatures.length);
      double latent =
          offsets[plain.promptOf()[a[i]]]
              - offsets[plain.promptOf()[b[i]]]
              + difference(plain.embeddings(), w, a[i], b[i]);
      y[i] = answer(truth.temperatures[annotators[i]] * latent, truth.nu, random);
    }
    return new MixedProblem(
        plain.with(new Judgements(a, b, y)),
        new JudgementGroups(plain.promptOf(), annotators),
        offsets);
  }

  private static double difference(FloatMatrix e, double[] w, int a, int b) {
    double t = 0;
    for (int j = 0; j < w.length; j++) {
      t += w[j] * (e.get(a, j) - e.get(b, j));
    }
    return t;
  }

  private static double answer(double t, double nu, Random random) {
    double u = random.nextDouble() * (Math.exp(t / 2) + Math.exp(-t / 2) + nu);
    return u < nu ? 0.5 : u < nu + Math.exp(t / 2) ? 1 : 0;
  }

  MixedProblem with(Judgements judgements, int[] annotators) {
    return new MixedProblem(
        problem.with(judgements), new JudgementGroups(groups.prompts(), annotators), offsets);
  }

  Fit fit(PriorSpecification prior, ComparisonModel model, LinearAlgebra algebra) {
    return new MixedLastLayer(algebra)
        .fit(
            problem.embeddings(),
            EmbeddingSpectrum.of(problem.embeddings(), problem.promptOf(), algebra),
            problem.judgements(),
            groups,
            prior,
            model,
            null,
            null);
  }
}
