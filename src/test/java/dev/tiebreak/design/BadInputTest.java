package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.EmbeddingSpectrum;
import dev.tiebreak.preference.Fit;
import dev.tiebreak.preference.Judgements;
import dev.tiebreak.preference.LastLayer;
import dev.tiebreak.preference.Prior;
import dev.tiebreak.preference.PriorSpecification;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of {@code docs/numerics.md}: data that hardly is any, from the fit to the batch. */
@NullMarked
final class BadInputTest {

  private static final LinearAlgebra ALGEBRA = TestAlgebra.open();

  /** What a round may be given; verdicts are on row i and i + 1. */
  private enum Data {
    NO_RESPONSE(0, 3, 1, 0),
    ONE_RESPONSE(1, 3, 1, 0),
    SINGLE_RESPONSE_PROMPTS(8, 3, 1, 4),
    ONE_PROMPT(8, 3, 8, 4),
    ALL_EXCLUDED(6, 3, 3, 4),
    CONSTANT_EMBEDDINGS(9, 3, 3, 12),
    DUPLICATE_EMBEDDINGS(12, 3, 4, 12),
    RANK_DEFICIENT(6, 40, 3, 12),
    ONE_DIRECTION(9, 5, 3, 12),
    EQUAL_REWARDS(9, 3, 3, 12),
    BATCH_BEYOND_CANDIDATES(6, 3, 3, 3);

    private final int n;
    private final int d;
    private final int each;
    private final int verdicts;

    Data(int n, int d, int each, int verdicts) {
      this.n = n;
      this.d = d;
      this.each = each;
      this.verdicts = verdicts;
    }

    FloatMatrix embeddings() {
      Random random = new Random(ordinal());
      FloatMatrix rows = FloatMatrix.allocate(n, d);
      for (int i = 0; i < n; i++) {
        float along = (float) random.nextGaussian();
        for (int j = 0; j < d; j++) {
          float value =
              switch (this) {
                case CONSTANT_EMBEDDINGS -> 0.3f;
                case DUPLICATE_EMBEDDINGS -> i % 2 == 0 ? (float) random.nextGaussian() : 0;
                case ONE_DIRECTION -> along * (j + 1);
                default -> (float) random.nextGaussian();
              };
          rows.set(i, j, value);
        }
      }
      if (this == DUPLICATE_EMBEDDINGS) {
        for (int i = 1; i < n; i += 2) {
          for (int j = 0; j < d; j++) {
            rows.set(i, j, rows.get(i - 1, j));
          }
        }
      }
      return rows;
    }

    int[] prompts() {
      return IntStream.range(0, n).map(i -> i / each).toArray();
    }

    /** Ties tell nothing of rewards: all are equal then. */
    Judgements judgements() {
      IntUnaryOperator row = i -> i % (n - 1);
      return new Judgements(
          IntStream.range(0, verdicts).map(row).toArray(),
          IntStream.range(0, verdicts).map(i -> row.applyAsInt(i) + 1).toArray(),
          IntStream.range(0, verdicts)
              .mapToDouble(i -> this == EQUAL_REWARDS ? 0.5 : i % 3 == 0 ? 0 : 1)
              .toArray());
    }

    PairSet excluded() {
      int[][] pairs =
          IntStream.range(0, this == ALL_EXCLUDED ? n * n : 0)
              .filter(i -> i / n < i % n)
              .mapToObj(i -> new int[] {i / n, i % n})
              .toArray(int[][]::new);
      return PairSet.of(
          new Pairs(
              Arrays.stream(pairs).mapToInt(pair -> pair[0]).toArray(),
              Arrays.stream(pairs).mapToInt(pair -> pair[1]).toArray()));
    }

    int batchSize() {
      return this == BATCH_BEYOND_CANDIDATES ? 1000 : 4;
    }

    long candidates(Pairing pairing) {
      if (this == ALL_EXCLUDED) {
        return 0;
      }
      long all = n * (n - 1L) / 2;
      long within = n / each * (each * (each - 1L) / 2);
      return switch (pairing) {
        case IN_PROMPT -> within;
        case CROSS_PROMPT -> all - within;
        case ANY -> all;
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Data.class)
  void leadsToAFitAndABatchUnderEveryStrategyPairingAndPrior(Data data) {
    for (Prior prior : Prior.values()) {
      Fit fit = fit(data, prior);
      assertThat(fit.converged()).isTrue();
      assertFinite(fit.weights());
      assertFinite(fit.logEvidence(), fit.logLikelihood(), fit.logDet());
      if (data == Data.EQUAL_REWARDS || data == Data.CONSTANT_EMBEDDINGS) {
        assertThat(fit.weights()).containsOnly(0);
      }
      for (Pairing pairing : Pairing.values()) {
        for (Strategy strategy : Strategy.values()) {
          Selection selection = select(data, fit, pairing, strategy);
          assertThat(selection.candidates()).isEqualTo(data.candidates(pairing));
          assertThat(selection.pairs())
              .as("%s %s %s", prior, pairing, strategy)
              .hasSize((int) Math.min(data.batchSize(), data.candidates(pairing)));
          assertDefined(selection, data, pairing);
        }
      }
    }
  }

  /** Where all features are equal no pair is better than another. */
  @ParameterizedTest
  @EnumSource(Prior.class)
  void gainsNothingFromConstantEmbeddings(Prior prior) {
    Fit fit = fit(Data.CONSTANT_EMBEDDINGS, prior);
    for (Strategy strategy : Strategy.values()) {
      Selection selection = select(Data.CONSTANT_EMBEDDINGS, fit, Pairing.ANY, strategy);
      assertThat(selection.pairs()).allSatisfy(pair -> assertThat(pair.gain()).isZero());
    }
  }

  /** Singular, or indefinite by rounding: the least ridge that mends it. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void mendsAnInformationThatIsNotPositiveDefinite(Strategy strategy) {
    Fit fit = fit(Data.RANK_DEFICIENT, Prior.ISOTROPIC);
    int m = fit.coefficients().length;
    Matrix one = Matrix.zeros(m, m);
    Arrays.fill(one.values(), 2);
    Matrix rounded = Matrix.scaledIdentity(m, 1);
    rounded.values()[0] = -1e-15;
    for (Matrix information : new Matrix[] {Matrix.zeros(m, m), one, rounded}) {
      for (Pairing pairing : Pairing.values()) {
        DesignProblem problem = problem(Data.RANK_DEFICIENT, fit, information, pairing, strategy);
        Selection selection = Design.select(problem, ALGEBRA);
        assertThat(selection.pairs()).hasSize(4);
        assertDefined(selection, Data.RANK_DEFICIENT, pairing);
      }
    }
    Matrix negative = Matrix.scaledIdentity(m, -1);
    DesignProblem wrong = problem(Data.RANK_DEFICIENT, fit, negative, Pairing.ANY, strategy);
    assertThatThrownBy(() -> Design.select(wrong, ALGEBRA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("information 40 × 40 is far from positive semidefinite");
  }

  private static Fit fit(Data data, Prior prior) {
    FloatMatrix embeddings = data.embeddings();
    return new LastLayer(ALGEBRA)
        .fit(
            embeddings,
            EmbeddingSpectrum.of(embeddings, data.prompts(), ALGEBRA),
            data.judgements(),
            PriorSpecification.automatic(prior),
            null);
  }

  private static Selection select(Data data, Fit fit, Pairing pairing, Strategy strategy) {
    return Design.select(problem(data, fit, fit.information(), pairing, strategy), ALGEBRA);
  }

  private static DesignProblem problem(
      Data data, Fit fit, Matrix information, Pairing pairing, Strategy strategy) {
    FloatMatrix embeddings = data.embeddings();
    return new DesignProblem(
        fit.map().apply(embeddings),
        embeddings,
        data.prompts(),
        fit.coefficients(),
        information,
        data.judgements(),
        Pairs.none(),
        data.excluded(),
        pairing,
        strategy,
        data.batchSize(),
        0.25,
        null,
        3,
        null);
  }

  private static void assertDefined(Selection selection, Data data, Pairing pairing) {
    int[] prompts = data.prompts();
    Set<Long> distinct = new HashSet<>();
    for (SelectedPair pair : selection.pairs()) {
      distinct.add(PairSet.pack(pair.a(), pair.b()));
      boolean within = prompts[pair.a()] == prompts[pair.b()];
      assertThat(pairing == Pairing.ANY || within == (pairing == Pairing.IN_PROMPT)).isTrue();
      assertThat(pair.gain()).isFinite().isNotNegative();
      assertThat(pair.p()).isBetween(0.0, 1.0);
    }
    assertThat(distinct).hasSameSizeAs(selection.pairs());
    BatchDiagnostics diagnostics = selection.diagnostics();
    assertFinite(
        diagnostics.logDetBefore(),
        diagnostics.logDetAfter(),
        diagnostics.predictedGain(),
        diagnostics.rawVariance(),
        diagnostics.whitenedVariance());
  }

  private static void assertFinite(double... values) {
    assertThat(DoubleStream.of(values).allMatch(Double::isFinite)).isTrue();
  }
}
