package dev.tiebreak.preference;

import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/**
 * A seeded problem of whatever kind: 10 verdicts or more, 2 dimensions or more, power-law, flat,
 * skewed, heavy-tailed or duplicate embeddings, fair, noisy, separable, contradictory or tied
 * verdicts, few pairs again and again or all of them once.
 */
@NullMarked
record VariedProblem(RandomProblem problem, Prior prior, String description) {

  private enum Embeddings {
    POWER_LAW,
    FLAT,
    SKEWED,
    HEAVY_TAILED,
    DUPLICATES,
    LOW_RANK
  }

  private enum Verdicts {
    COIN,
    NOISE,
    SEPARABLE,
    MOSTLY_TIES,
    CONTRADICTORY
  }

  static VariedProblem of(long seed, int mostVerdicts, int mostDimensions) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    int verdicts = (int) Math.round(10 * Math.pow(mostVerdicts / 10.0, random.nextDouble()));
    int d = (int) Math.round(2 * Math.pow(mostDimensions / 2.0, random.nextDouble()));
    int perPrompt = 2 + random.nextInt(9);
    int n = Math.max(2 * perPrompt, 20 + random.nextInt(2 * verdicts));
    Embeddings kind = Embeddings.values()[random.nextInt(Embeddings.values().length)];
    Verdicts answers = Verdicts.values()[random.nextInt(Verdicts.values().length)];
    Prior prior = Prior.values()[random.nextInt(3)];
    int distinct = random.nextInt(3) == 0 ? 1 + random.nextInt(verdicts) : Integer.MAX_VALUE;
    boolean inPrompt = random.nextBoolean();
    double strength = Math.pow(10, -1 + 2.5 * random.nextDouble());
    FloatMatrix embeddings = embeddings(kind, n, d, random);
    int[] promptOf = new int[n];
    for (int i = 0; i < n; i++) {
      promptOf[i] = i / perPrompt;
    }
    int[] a = new int[verdicts];
    int[] b = new int[verdicts];
    double[] y = new double[verdicts];
    double[] w = random.doubles(d, -1, 1).map(v -> v * strength).toArray();
    for (int i = 0; i < verdicts; i++) {
      if (i >= distinct) {
        int again = random.nextInt(distinct);
        a[i] = a[again];
        b[i] = b[again];
      } else {
        a[i] = random.nextInt(n);
        b[i] = inPrompt ? other(a[i], perPrompt, n, random) : random.nextInt(n);
      }
      y[i] = answer(answers, reward(embeddings, w, a[i], b[i]), i, random);
    }
    return new VariedProblem(
        new RandomProblem(embeddings, promptOf, new Judgements(a, b, y)),
        prior,
        String.format(
            "seed %d %s N %d distinct %d d %d n %d %s %s strength %.2g",
            seed, prior, verdicts, Math.min(distinct, verdicts), d, n, kind, answers, strength));
  }

  private static int other(int a, int perPrompt, int n, Random random) {
    int first = a / perPrompt * perPrompt;
    return first + random.nextInt(Math.min(perPrompt, n - first));
  }

  private static FloatMatrix embeddings(Embeddings kind, int n, int d, Random random) {
    float[] values = new float[n * d];
    int rank = 1 + random.nextInt(d);
    for (int i = 0; i < n; i++) {
      double size = kind == Embeddings.HEAVY_TAILED ? Math.pow(random.nextDouble(), -0.7) : 1;
      for (int j = 0; j < d; j++) {
        double value =
            switch (kind) {
              case POWER_LAW, HEAVY_TAILED -> random.nextGaussian() * Math.pow(1 + j, -0.7);
              case FLAT, DUPLICATES -> random.nextGaussian();
              case SKEWED -> Math.exp(1.5 * random.nextGaussian()) * Math.pow(1 + j, -0.4);
              case LOW_RANK -> j < rank ? random.nextGaussian() : 1e-4 * random.nextGaussian();
            };
        values[i * d + j] = (float) (size * value);
      }
      if (kind == Embeddings.DUPLICATES && i > 0 && random.nextInt(3) > 0) {
        System.arraycopy(values, random.nextInt(i) * d, values, i * d, d);
      }
    }
    return FloatMatrix.of(n, d, values);
  }

  private static double reward(FloatMatrix e, double[] w, int a, int b) {
    double t = 0;
    for (int j = 0; j < w.length; j++) {
      t += w[j] * (e.get(a, j) - e.get(b, j));
    }
    return t;
  }

  private static double answer(Verdicts kind, double t, int i, Random random) {
    return switch (kind) {
      case COIN -> random.nextDouble() < 1 / (1 + Math.exp(-t)) ? 1 : 0;
      case NOISE -> random.nextInt(2);
      case SEPARABLE -> t > 0 ? 1 : 0;
      case MOSTLY_TIES -> random.nextInt(10) > 0 ? 0.5 : random.nextInt(2);
      case CONTRADICTORY -> i % 2;
    };
  }

  int verdicts() {
    return problem.judgements().size();
  }

  /** The point that AUTO chooses. */
  EvidenceSearch.Candidate automatic(LinearAlgebra algebra) {
    return new Searches(algebra).automatic(problem, prior);
  }

  /** The point that the full grid, each point fitted in all dimensions, chooses. */
  EvidenceSearch.Candidate everywhere(LinearAlgebra algebra) {
    return new Searches(algebra).byEstimates(problem, prior).everywhere();
  }

  /** The searches of a problem, of all pairs and with all that the prior leaves open. */
  record Searches(LinearAlgebra algebra) {

    EvidenceSearch.Candidate automatic(RandomProblem problem, Prior prior) {
      Judgements judgements = problem.judgements();
      EmbeddingSpectrum spectrum = spectrum(problem);
      PriorSpecification open = PriorSpecification.automatic(prior);
      Fit fit = new LastLayer(algebra).fit(problem.embeddings(), spectrum, judgements, open, null);
      HyperparameterGrid grid = HyperparameterGrid.of(open, spectrum, judgements.size());
      double[] lambdas = grid.lambdas();
      int lambda = 0;
      while (lambdas[lambda] != fit.priorPrecision()) {
        lambda++;
      }
      Double exponent = fit.priorExponent();
      return new EvidenceSearch.Candidate(
          new GridClimb.Position(exponent == null ? 0 : grid.exponents().indexOf(exponent), lambda),
          new Mode(
              fit.coefficients(),
              fit.information(),
              fit.factor(),
              fit.jitter(),
              fit.logLikelihood(),
              fit.logEvidence(),
              fit.logDet(),
              fit.iterations(),
              fit.gradientNorm(),
              fit.newtonStep(),
              fit.converged()));
    }

    EvidenceSearch byEstimates(RandomProblem problem, Prior prior) {
      EmbeddingSpectrum spectrum = spectrum(problem);
      PriorSpecification open = PriorSpecification.automatic(prior);
      int verdicts = problem.judgements().size();
      PairCounts pairs = PairCounts.of(problem.judgements(), problem.embeddings().rows());
      HyperparameterGrid grid = HyperparameterGrid.of(open, spectrum, verdicts);
      FeatureMap map =
          prior == Prior.ISOTROPIC
              ? FeatureMap.isotropic(spectrum.dimension(), algebra)
              : FeatureMap.spectral(spectrum, grid.scales().getFirst(), algebra);
      return new EvidenceSearch(
          pairs,
          grid,
          Differences.of(problem.embeddings(), pairs, map, algebra),
          null,
          null,
          algebra);
    }

    private EmbeddingSpectrum spectrum(RandomProblem problem) {
      return EmbeddingSpectrum.of(problem.embeddings(), problem.promptOf(), algebra);
    }
  }
}
