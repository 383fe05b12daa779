package dev.tiebreak.design;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Effects;
import dev.tiebreak.preference.Judgements;
import dev.tiebreak.preference.ReferenceCase;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Design problems with defaults for what a test does not speak of. */
@NullMarked
final class ProblemBuilder {

  static final LinearAlgebra LINEAR_ALGEBRA = TestAlgebra.open();

  Matrix features;
  int[] prompts;
  double[] coefficients;
  Matrix information;
  Judgements past = Judgements.none();
  Pairs pending = Pairs.none();
  PairSet excluded = PairSet.none();
  Pairing pairing = Pairing.ANY;
  Strategy strategy = Strategy.GREEDY_D_OPTIMAL;
  int batchSize = 5;
  double randomShare;
  @Nullable Integer candidateLimit;
  long seed = 1;

  ProblemBuilder(Matrix features, int[] prompts, double[] coefficients, double lambda) {
    this.features = features;
    this.prompts = prompts;
    this.coefficients = coefficients;
    this.information = Matrix.scaledIdentity(features.columns(), lambda);
  }

  /** Normal features, row i answering prompt i / perPrompt. */
  static ProblemBuilder random(int n, int m, int perPrompt, long seed) {
    Random random = new Random(seed);
    Matrix features = Matrix.zeros(n, m);
    for (int i = 0; i < n * m; i++) {
      features.values()[i] = random.nextGaussian() / (1 + i % m);
    }
    double[] coefficients = random.doubles(m, -1, 1).toArray();
    int[] prompts = IntStream.range(0, n).map(i -> i / perPrompt).toArray();
    return new ProblemBuilder(features, prompts, coefficients, 0.5);
  }

  /** The isotropic problem of a reference case, its past pairs excluded. */
  static ProblemBuilder of(ReferenceCase reference) {
    Matrix features = doubles(reference.embeddings());
    ProblemBuilder builder =
        new ProblemBuilder(
            features, reference.promptOf(), reference.doubles("w"), reference.lambda());
    builder.judged(reference);
    return builder;
  }

  /** The reference case's pairing, batch size and past, with H = λI + Σ_past v x xᵀ. */
  void judged(ReferenceCase reference) {
    past = reference.judgements();
    Pairs pairs = new Pairs(past.a(), past.b());
    excluded = PairSet.of(pairs);
    pairing = Pairing.valueOf(reference.pairing());
    batchSize = reference.k();
    PairInformation.add(pairs, 1, features, weights(), LINEAR_ALGEBRA, information);
  }

  static Matrix doubles(FloatMatrix matrix) {
    Matrix widened = Matrix.zeros(matrix.rows(), matrix.columns());
    for (int i = 0; i < matrix.rows(); i++) {
      matrix.copyRow(i, widened.values(), i * matrix.columns());
    }
    return widened;
  }

  double[] rewards() {
    double[] rewards = new double[features.rows()];
    for (int i = 0; i < rewards.length; i++) {
      for (int j = 0; j < coefficients.length; j++) {
        rewards[i] += features.get(i, j) * coefficients[j];
      }
    }
    return rewards;
  }

  private FisherWeights weights() {
    return FisherWeights.of(rewards());
  }

  ProblemBuilder pairing(Pairing pairing) {
    this.pairing = pairing;
    return this;
  }

  ProblemBuilder strategy(Strategy strategy) {
    this.strategy = strategy;
    return this;
  }

  ProblemBuilder batchSize(int batchSize) {
    this.batchSize = batchSize;
    return this;
  }

  ProblemBuilder randomShare(double randomShare) {
    this.randomShare = randomShare;
    return this;
  }

  ProblemBuilder candidateLimit(int candidateLimit) {
    this.candidateLimit = candidateLimit;
    return this;
  }

  ProblemBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  ProblemBuilder excluded(int... rows) {
    this.excluded = PairSet.of(pairs(rows));
    return this;
  }

  ProblemBuilder pending(int... rows) {
    this.pending = pairs(rows);
    return this;
  }

  private static Pairs pairs(int... rows) {
    int size = rows.length / 2;
    return new Pairs(
        IntStream.range(0, size).map(i -> rows[2 * i]).toArray(),
        IntStream.range(0, size).map(i -> rows[2 * i + 1]).toArray());
  }

  DesignProblem build() {
    return build(null);
  }

  DesignProblem build(@Nullable Effects effects) {
    float[] values = new float[features.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) features.values()[i];
    }
    return new DesignProblem(
        features,
        FloatMatrix.of(features.rows(), features.columns(), values),
        prompts,
        coefficients,
        information,
        past,
        pending,
        excluded,
        pairing,
        strategy,
        batchSize,
        randomShare,
        candidateLimit,
        seed,
        effects);
  }

  Selection select() {
    return Design.select(build(), LINEAR_ALGEBRA);
  }

  /** The state that a rule sees where there is no random arm. */
  DesignState state() {
    DesignProblem problem = build();
    Uniform uniform = new Uniform(seed);
    CandidateSet candidates = CandidateSet.of(problem, uniform);
    Matrix prior = information.copy();
    PairInformation.add(pending, 1, features, weights(), LINEAR_ALGEBRA, prior);
    return new DesignState(
        problem,
        LINEAR_ALGEBRA,
        candidates,
        new UniformDraws(candidates, uniform),
        uniform,
        new CentredFeatures(problem),
        weights(),
        Information.of(prior, LINEAR_ALGEBRA),
        PairSet.none());
  }
}
