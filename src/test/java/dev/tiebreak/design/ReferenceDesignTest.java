package dev.tiebreak.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.Logistic;
import dev.tiebreak.preference.ReferenceCase;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
final class ReferenceDesignTest {

  static final List<String> CASES = ReferenceCase.ISOTROPIC;

  private static final Strategy[] SCORED = {
    Strategy.D_OPTIMAL, Strategy.PAST_AWARE_D_OPTIMAL, Strategy.LINEAR_D_OPTIMAL
  };

  @ParameterizedTest
  @FieldSource("CASES")
  void enumeratesTheReferenceCandidatesInOrder(String name) {
    ReferenceCase reference = ReferenceCase.load(name);
    DesignState state = ProblemBuilder.of(reference).state();
    long[] expected = packed(reference.candidates());
    assertThat(state.candidates().count()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(state.candidates().pairAt(i)).isEqualTo(expected[i]);
    }
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void scoresEveryCandidateAsTheReferenceDoes(String name) {
    ReferenceCase reference = ReferenceCase.load(name);
    long[] pairs = packed(reference.candidates());
    for (Strategy strategy : SCORED) {
      double[] expected = reference.doubles(key(strategy), "scores");
      DesignState state = ProblemBuilder.of(reference).state();
      RowScorer.Maker scorers = ((RankingRule) strategy.rule()).scorers(state);
      TopPairs all = state.best(pairs.length, PairSet.none(), scorers);
      assertThat(all.size()).isEqualTo(pairs.length);
      for (int i = 0; i < pairs.length; i++) {
        double value = expected[Arrays.binarySearch(pairs, all.pair(i))];
        // numpy's p (1 − p) is exact to 1e-16 only, which matters where the rewards are steep
        double v = strategy == Strategy.LINEAR_D_OPTIMAL ? 1 : variance(state, all.pair(i));
        double tolerance = 1e-9 * Math.abs(value) + 2.3e-16 * all.score(i) / v;
        assertThat(all.score(i)).as(strategy + " %d", i).isCloseTo(value, within(tolerance));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void ranksTheSameSetsAsTheReference(String name) {
    ReferenceCase reference = ReferenceCase.load(name);
    for (Strategy strategy : SCORED) {
      int[] top = reference.intsOrNull(key(strategy), "top");
      if (top != null) {
        assertSameSet(reference, strategy, top);
      }
    }
    if (!name.equals("cold")) { // w = 0: every reward difference is zero there
      assertSameSet(reference, Strategy.MAX_ENTROPY, reference.ints("max_entropy"));
      assertSameSet(reference, Strategy.MAX_DIFFERENCE, reference.ints("max_difference"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAX_ENTROPY", "MAX_DIFFERENCE"})
  void takesTheSmallestIndicesWhereAllRewardsAreEqual(Strategy strategy) {
    ReferenceCase reference = ReferenceCase.load("cold");
    assertThat(picks(reference, strategy))
        .containsExactly(IntStream.range(0, reference.k()).boxed().toArray(Integer[]::new));
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void picksGreedilyInTheReferenceOrderWithItsGains(String name) {
    ReferenceCase reference = ReferenceCase.load(name);
    Selection selection = ProblemBuilder.of(reference).select();
    assertPicks(reference, selection, "greedy_d_optimal");
    double[] p = reference.doubles("p");
    long[] pairs = packed(reference.candidates());
    for (SelectedPair pair : selection.pairs()) {
      int index = Arrays.binarySearch(pairs, PairSet.pack(pair.a(), pair.b()));
      assertThat(pair.p()).isCloseTo(p[index], within(1e-9));
    }
    assertThat(selection.diagnostics().logDetBefore())
        .isCloseTo(reference.number("log_det"), within(1e-8));
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void picksByTheFallOfTheMeanVarianceInTheReferenceOrder(String name) {
    ReferenceCase reference = ReferenceCase.load(name);
    int[] expected = reference.ints("i_optimal", "picks");
    assertThat(picks(reference, Strategy.I_OPTIMAL))
        .containsExactly(Arrays.stream(expected).boxed().toArray(Integer[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"given", "auto"})
  void picksGreedilyUnderTheSpectralPriorAsTheReferenceDoes(String fit) {
    ReferenceCase reference = ReferenceCase.load(ReferenceCase.SPECTRAL);
    Selection selection = SpectralReference.problem(reference, fit).select();
    assertThat(selection.candidates()).isEqualTo(reference.candidates().length);
    assertPicks(reference, selection, fit, "greedy_d_optimal");
    assertThat(selection.diagnostics().logDetBefore())
        .isCloseTo(reference.number(fit, "log_det"), within(1e-7));
  }

  private static double variance(DesignState state, long pair) {
    double[] rewards = state.rewards();
    return Logistic.variance(rewards[PairSet.first(pair)] - rewards[PairSet.second(pair)]);
  }

  private static void assertPicks(
      ReferenceCase reference, Selection selection, String... greedyPath) {
    long[] pairs = packed(reference.candidates());
    int[] expected = reference.ints(append(greedyPath, "picks"));
    double[] gains = reference.doubles(append(greedyPath, "gains"));
    assertThat(selection.pairs()).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      SelectedPair pair = selection.pairs().get(i);
      assertThat(PairSet.pack(pair.a(), pair.b())).as("pick %d", i).isEqualTo(pairs[expected[i]]);
      assertThat(pair.gain()).as("gain %d", i).isCloseTo(gains[i], within(1e-9 * gains[i]));
    }
  }

  private static void assertSameSet(ReferenceCase reference, Strategy strategy, int[] expected) {
    assertThat(picks(reference, strategy))
        .as("%s %s", reference, strategy)
        .containsExactlyInAnyOrder(Arrays.stream(expected).boxed().toArray(Integer[]::new));
  }

  private static List<Integer> picks(ReferenceCase reference, Strategy strategy) {
    long[] pairs = packed(reference.candidates());
    return ProblemBuilder.of(reference).strategy(strategy).select().pairs().stream()
        .map(pair -> Arrays.binarySearch(pairs, PairSet.pack(pair.a(), pair.b())))
        .toList();
  }

  private static long[] packed(int[][] pairs) {
    return Arrays.stream(pairs).mapToLong(pair -> PairSet.pack(pair[0], pair[1])).toArray();
  }

  private static String key(Strategy strategy) {
    return strategy.name().toLowerCase(Locale.ROOT);
  }

  private static String[] append(String[] path, String field) {
    String[] longer = Arrays.copyOf(path, path.length + 1);
    longer[path.length] = field;
    return longer;
  }

  /** The features z = S Vᵀ e of the spectral reference, made here from its definition. */
  private static final class SpectralReference {

    static ProblemBuilder problem(ReferenceCase reference, String fit) {
      Matrix e = ProblemBuilder.doubles(reference.embeddings());
      Matrix map = map(e, reference, fit);
      Matrix features = ProblemBuilder.LINEAR_ALGEBRA.multiply(e, map);
      double[] u = coefficients(map, reference.doubles(fit, "w"));
      double lambda = reference.number(fit, "prior_precision");
      var builder = new ProblemBuilder(features, reference.promptOf(), u, lambda);
      builder.judged(reference);
      return builder;
    }

    /** V S, d × m. */
    private static Matrix map(Matrix e, ReferenceCase reference, String fit) {
      int d = e.columns();
      int[] prompts = reference.promptOf();
      Matrix sum = Matrix.zeros(d, d);
      for (int a = 0; a < e.rows(); a++) {
        for (int b = a + 1; b < e.rows(); b++) {
          if (prompts[a] == prompts[b]) {
            Matrix x = new Matrix(1, d, PairInformation.difference(e, a, b));
            ProblemBuilder.LINEAR_ALGEBRA.addWeightedGram(x, new double[] {1.0 / 150}, sum);
          }
        }
      }
      var eigen = ProblemBuilder.LINEAR_ALGEBRA.eigen(sum);
      double exponent = reference.number(fit, "prior_exponent");
      int m = (int) reference.number(fit, "components");
      double kept = 0;
      for (int j = 0; j < m; j++) {
        kept += Math.pow(eigen.values()[j], exponent + 1);
      }
      Matrix map = Matrix.zeros(d, m);
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < m; j++) {
          map.values()[i * m + j] =
              eigen.vectors().get(i, j) * Math.sqrt(Math.pow(eigen.values()[j], exponent) / kept);
        }
      }
      return map;
    }

    /** u of w = V S u: (V S)ᵀ (V S) = S² is diagonal. */
    private static double[] coefficients(Matrix map, double[] w) {
      double[] u = new double[map.columns()];
      for (int j = 0; j < u.length; j++) {
        double square = 0;
        for (int i = 0; i < w.length; i++) {
          u[j] += map.get(i, j) * w[i];
          square += map.get(i, j) * map.get(i, j);
        }
        u[j] /= square;
      }
      return u;
    }
  }
}
