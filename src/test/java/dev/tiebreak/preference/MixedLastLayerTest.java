package dev.tiebreak.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MixedLastLayerTest {

  private static final PriorSpecification SPECTRAL = PriorSpecification.automatic(Prior.SPECTRAL);
  private static final ComparisonModel OPEN = new ComparisonModel(TieModel.HALF, null, null);
  private static final double[] ALIKE = {1, 1, 1};

  private final LinearAlgebra algebra = TestAlgebra.open();

  /** b = τ √λ β with β ~ N(0, λ⁻¹), so that the plain fit of (e, τ √λ · one-hot) is the same. */
  @ParameterizedTest
  @ValueSource(doubles = {0.25, 1})
  void theEffectOfPromptsIsThatOfAsManyFeatures(double tau) {
    MixedProblem mixed =
        MixedProblem.of(new MixedProblem.Truth(60, 3, 7, 1, 1, ALIKE, 0.2), 150, 11);
    Fit fit =
        mixed.fit(
            new PriorSpecification(Prior.ISOTROPIC, 4.0, null),
            new ComparisonModel(TieModel.HALF, tau, 0.0),
            algebra);
    Fit whole = augmented(mixed, (float) (2 * tau));
    Effects effects = Objects.requireNonNull(fit.effects());
    assertThat(fit.weights()).containsExactly(Arrays.copyOf(whole.weights(), 7), within(1e-8));
    assertThat(fit.logEvidence()).isCloseTo(whole.logEvidence(), within(1e-8));
    assertThat(fit.logLikelihood()).isCloseTo(whole.logLikelihood(), within(1e-8));
    for (int p = 0; p < effects.prompts().length; p++) {
      assertThat(effects.promptEffects()[p])
          .isCloseTo(2 * tau * whole.weights()[7 + effects.prompts()[p]], within(1e-8));
    }
    for (int i = 0; i < 7; i++) {
      double[] unit = new double[27];
      unit[i] = 1;
      double[] small = Arrays.copyOf(unit, 7);
      assertThat(fit.factor().solve(small))
          .containsExactly(Arrays.copyOf(whole.factor().solve(unit), 7), within(1e-8));
    }
    assertThat(fit.converged()).isTrue();
  }

  private Fit augmented(MixedProblem mixed, float scale) {
    FloatMatrix e = mixed.problem().embeddings();
    int prompts = e.rows() / 3;
    float[] values = new float[e.rows() * (7 + prompts)];
    for (int i = 0; i < e.rows(); i++) {
      for (int j = 0; j < 7; j++) {
        values[i * (7 + prompts) + j] = e.get(i, j);
      }
      values[i * (7 + prompts) + 7 + mixed.groups().prompts()[i]] = scale;
    }
    FloatMatrix wide = FloatMatrix.of(e.rows(), 7 + prompts, values);
    return new LastLayer(algebra)
        .fit(
            wide,
            EmbeddingSpectrum.of(wide, mixed.groups().prompts(), algebra),
            mixed.problem().judgements(),
            new PriorSpecification(Prior.ISOTROPIC, 4.0, null),
            null);
  }

  /** One more verdict by the published formula, against H with that verdict and S made anew. */
  @ParameterizedTest
  @EnumSource(TieModel.class)
  void oneMoreVerdictAddsWhatTheAdjustedFeaturesSay(TieModel ties) {
    MixedProblem mixed =
        MixedProblem.of(new MixedProblem.Truth(40, 4, 4, 1, 1, ALIKE, 0.5), 60, 12);
    Fit fit =
        mixed.fit(
            new PriorSpecification(Prior.ISOTROPIC, 1.0, null),
            new ComparisonModel(ties, 0.5, 0.0),
            algebra);
    Effects effects = Objects.requireNonNull(fit.effects());
    Matrix features = fit.map().apply(mixed.problem().embeddings());
    Matrix adjusted = effects.adjusted(features, mixed.groups().prompts());
    int[] effectOf = effects.effectOf(mixed.groups().prompts());
    MixedInformation blocks = blocks(mixed, fit, ties);
    for (int[] pair : new int[][] {{0, 39}, {4, 11}, {0, 3}}) {
      int p = effectOf[pair[0]];
      int q = effectOf[pair[1]];
      double v = 0.13;
      Matrix k = effects.promptCovariance();
      double kappa = p == q ? 0 : k.get(p, p) + k.get(q, q) - 2 * k.get(p, q);
      Matrix expected = with(blocks, features, pair, p, q, v);
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          double x = adjusted.get(pair[0], i) - adjusted.get(pair[1], i);
          double y = adjusted.get(pair[0], j) - adjusted.get(pair[1], j);
          assertThat(fit.information().get(i, j) + v / (1 + v * kappa) * x * y)
              .isCloseTo(expected.get(i, j), within(1e-10));
        }
      }
    }
  }

  private MixedInformation blocks(MixedProblem mixed, Fit fit, TieModel ties) {
    Effects effects = Objects.requireNonNull(fit.effects());
    GroupedVerdicts verdicts =
        GroupedVerdicts.of(mixed.problem().judgements(), mixed.groups(), 40, ties, false);
    EffectLayout layout = EffectLayout.of(verdicts, ties, 0.5, 0);
    MixedObjective objective =
        new MixedObjective(
            Differences.of(mixed.problem().embeddings(), verdicts.pairs(), fit.map(), algebra),
            verdicts,
            layout,
            1,
            layout.precisions(0.5, 0));
    double[] phi = Arrays.copyOf(effects.promptEffects(), layout.size());
    if (layout.ties()) {
      phi[layout.tie()] = Math.log(effects.tieParameter());
    }
    return objective.information(objective.at(fit.coefficients(), phi), false);
  }

  private Matrix with(MixedInformation blocks, Matrix z, int[] pair, int p, int q, double v) {
    Matrix coupling = blocks.coupling().copy();
    Matrix among = blocks.effects().copy();
    Matrix own = blocks.coefficients().copy();
    int size = among.rows();
    double[] of = new double[size];
    of[p] += 1;
    of[q] -= 1;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        among.values()[i * size + j] += v * of[i] * of[j];
      }
      for (int j = 0; j < 4; j++) {
        coupling.values()[i * 4 + j] += v * of[i] * (z.get(pair[0], j) - z.get(pair[1], j));
      }
    }
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        own.values()[i * 4 + j] +=
            v * (z.get(pair[0], i) - z.get(pair[1], i)) * (z.get(pair[0], j) - z.get(pair[1], j));
      }
    }
    MixedInformation more = new MixedInformation(own, coupling, among);
    return Objects.requireNonNull(more.eliminate(algebra, false)).marginal().information();
  }

  @Test
  void thePlainModelIsThePlainFit() {
    MixedProblem mixed = MixedProblem.of(new MixedProblem.Truth(60, 3, 7, 1, 1, ALIKE, 0), 90, 13);
    Fit plain = plain(mixed);
    Fit same = mixed.fit(SPECTRAL, ComparisonModel.PLAIN, algebra);
    assertThat(same.weights()).isEqualTo(plain.weights());
    assertThat(same.logEvidence()).isEqualTo(plain.logEvidence());
    assertThat(same.effects()).isNull();
  }

  @Test
  void whereTheEvidenceIsForNoEffectTheFitIsThePlainOne() {
    MixedProblem mixed = MixedProblem.of(new MixedProblem.Truth(80, 2, 6, 2, 0, ALIKE, 0), 300, 5);
    Fit fit = mixed.fit(SPECTRAL, new ComparisonModel(TieModel.HALF, 0.0, null), algebra);
    Effects effects = Objects.requireNonNull(fit.effects());
    assertThat(effects.annotatorDeviation()).isZero();
    assertThat(effects.annotators()).isEmpty();
    assertThat(fit.weights()).isEqualTo(plain(mixed).weights());
    assertThat(fit.information().values()).isEqualTo(plain(mixed).information().values());
  }

  @Test
  void withoutCrossPromptVerdictsPromptsHaveNoEffect() {
    RandomProblem problem = RandomProblem.of(80, 4, 6, 200, 2, 14);
    MixedProblem mixed =
        new MixedProblem(
            problem, new JudgementGroups(problem.promptOf(), new int[200]), new double[0]);
    for (ComparisonModel model :
        List.of(
            new ComparisonModel(TieModel.HALF, null, 0.0),
            new ComparisonModel(TieModel.HALF, 2.0, 0.0))) {
      Fit fit = mixed.fit(SPECTRAL, model, algebra);
      assertThat(fit.weights()).isEqualTo(plain(mixed).weights());
      assertThat(fit.logEvidence()).isEqualTo(plain(mixed).logEvidence());
      assertThat(Objects.requireNonNull(fit.effects()).prompts()).isEmpty();
    }
  }

  @Test
  void aSingleAnnotatorHasNoTemperature() {
    MixedProblem mixed =
        MixedProblem.of(new MixedProblem.Truth(60, 3, 5, 2, 0, new double[] {1}, 0), 120, 15);
    Fit fit = mixed.fit(SPECTRAL, new ComparisonModel(TieModel.HALF, 0.0, null), algebra);
    assertThat(fit.weights()).isEqualTo(plain(mixed).weights());
    assertThat(Objects.requireNonNull(fit.effects()).annotators()).isEmpty();
  }

  @Test
  void theDeviationOfPromptsIsRecovered() {
    for (double tau : new double[] {0.5, 1, 2}) {
      MixedProblem mixed =
          MixedProblem.of(new MixedProblem.Truth(200, 5, 5, 1, tau, ALIKE, 0), 1500, 16);
      Fit fit = mixed.fit(SPECTRAL, new ComparisonModel(TieModel.HALF, null, 0.0), algebra);
      Effects effects = Objects.requireNonNull(fit.effects());
      assertThat(effects.promptDeviation()).isBetween(0.7 * tau, 1.42 * tau);
      double[] truth =
          Arrays.stream(effects.prompts()).mapToDouble(p -> mixed.offsets()[p]).toArray();
      assertThat(correlation(truth, effects.promptEffects())).isGreaterThan(0.8);
      assertThat(fit.logEvidence()).isGreaterThan(plain(mixed).logEvidence() + 5);
    }
  }

  @Test
  void goodRandomAndAdversarialAnnotatorsAreTold() {
    MixedProblem mixed =
        MixedProblem.of(
            new MixedProblem.Truth(60, 3, 4, 2, 0, new double[] {1, 2, 0, -1}, 0), 1200, 17);
    Fit fit = mixed.fit(SPECTRAL, new ComparisonModel(TieModel.HALF, 0.0, null), algebra);
    Effects effects = Objects.requireNonNull(fit.effects());
    double[] s = effects.temperatures();
    assertThat(effects.annotatorDeviation()).isPositive();
    assertThat(s[1]).isGreaterThan(s[0]);
    assertThat(s[0]).isGreaterThan(3 * s[2]);
    assertThat(s[3]).isLessThan(s[0] / 3);
    for (int j = 0; j < 4; j++) {
      assertThat(effects.temperatureErrors()[j]).isBetween(0.05 * s[j], s[j]);
    }
    assertThat(fit.converged()).isTrue();
  }

  @Test
  void theTieParameterIsRecovered() {
    for (double nu : new double[] {0.2, 1, 5}) {
      MixedProblem mixed =
          MixedProblem.of(new MixedProblem.Truth(100, 5, 4, 1, 0, ALIKE, nu), 2000, 18);
      Fit fit = mixed.fit(SPECTRAL, new ComparisonModel(TieModel.DAVIDSON, 0.0, 0.0), algebra);
      Effects effects = Objects.requireNonNull(fit.effects());
      assertThat(effects.tieParameter()).isCloseTo(nu, within(3 * effects.tieParameterError()));
      assertThat(effects.tieParameterError()).isLessThan(nu / 4);
    }
  }

  @ParameterizedTest
  @EnumSource(TieModel.class)
  void theOrderAndOrientationOfVerdictsChangeNoBit(TieModel ties) {
    MixedProblem mixed =
        MixedProblem.of(
            new MixedProblem.Truth(40, 4, 6, 1, 1, new double[] {0.2, 1, 2}, 0.3), 120, 19);
    Judgements straight = mixed.problem().judgements();
    List<Integer> order = new ArrayList<>(IntStream.range(0, 120).boxed().toList());
    Collections.shuffle(order, new Random(2));
    int[] a = new int[120];
    int[] b = new int[120];
    double[] y = new double[120];
    int[] annotators = new int[120];
    for (int i = 0; i < 120; i++) {
      int from = order.get(i);
      a[i] = i % 2 == 0 ? straight.b()[from] : straight.a()[from];
      b[i] = i % 2 == 0 ? straight.a()[from] : straight.b()[from];
      y[i] = i % 2 == 0 ? 1 - straight.y()[from] : straight.y()[from];
      annotators[i] = mixed.groups().annotators()[from];
    }
    ComparisonModel model = new ComparisonModel(ties, null, null);
    Fit shuffled = mixed.with(new Judgements(a, b, y), annotators).fit(SPECTRAL, model, algebra);
    Fit fit = mixed.fit(SPECTRAL, model, algebra);
    assertThat(shuffled.weights()).isEqualTo(fit.weights());
    assertThat(shuffled.logEvidence()).isEqualTo(fit.logEvidence());
    assertThat(Objects.requireNonNull(shuffled.effects()).temperatures())
        .isEqualTo(Objects.requireNonNull(fit.effects()).temperatures());
  }

  @Test
  void theChosenHyperparametersAreTheGreatestOfTheGrid() {
    MixedProblem mixed =
        MixedProblem.of(
            new MixedProblem.Truth(60, 3, 5, 1, 1, new double[] {0.3, 1, 3}, 0), 400, 20);
    Fit found = mixed.fit(SPECTRAL, OPEN, algebra);
    double greatest = Double.NEGATIVE_INFINITY;
    for (double tau : MixedLastLayer.PROMPT_DEVIATIONS) {
      for (double rho : MixedLastLayer.ANNOTATOR_DEVIATIONS) {
        for (double exponent : List.of(0.0, 0.5, 1.0, 1.5, 2.0, 3.0)) {
          for (int j = 0; j < 25; j++) {
            PriorSpecification prior =
                new PriorSpecification(Prior.SPECTRAL, Math.pow(10, -3 + j / 4.0), exponent);
            Fit fit = mixed.fit(prior, new ComparisonModel(TieModel.HALF, tau, rho), algebra);
            greatest = Math.max(greatest, fit.logEvidence() + MixedLastLayer.logDensity(tau));
          }
        }
      }
    }
    double tau = Objects.requireNonNull(found.effects()).promptDeviation();
    assertThat(found.logEvidence() + MixedLastLayer.logDensity(tau))
        .isCloseTo(greatest, within(1e-8));
  }

  @Test
  void unanimousAndSeparableVerdictsHaveAMode() {
    MixedProblem mixed =
        MixedProblem.of(new MixedProblem.Truth(40, 4, 6, 300, 1, new double[] {1, 1}, 0), 80, 21);
    int[] annotators = mixed.groups().annotators();
    Judgements separable = mixed.problem().judgements();
    double[] wins = new double[80];
    Arrays.fill(wins, 1);
    double[] ties = new double[80];
    Arrays.fill(ties, 0.5);
    for (Judgements judgements :
        List.of(
            separable,
            new Judgements(separable.a(), separable.b(), wins),
            new Judgements(separable.a(), separable.b(), ties))) {
      for (TieModel tieModel : TieModel.values()) {
        Fit fit =
            mixed
                .with(judgements, annotators)
                .fit(SPECTRAL, new ComparisonModel(tieModel, null, null), algebra);
        assertThat(fit.converged()).isTrue();
        assertThat(fit.logEvidence()).isFinite();
        assertThat(fit.weights()).doesNotContain(Double.NaN);
      }
    }
  }

  @Test
  void withoutVerdictsNothingIsFound() {
    MixedProblem mixed = MixedProblem.of(new MixedProblem.Truth(40, 4, 6, 1, 1, ALIKE, 0), 0, 22);
    Fit fit = mixed.fit(SPECTRAL, new ComparisonModel(TieModel.DAVIDSON, null, null), algebra);
    Effects effects = Objects.requireNonNull(fit.effects());
    assertThat(fit.weights()).containsOnly(0);
    assertThat(effects.tieParameter()).isEqualTo(1);
    assertThat(effects.tieParameterError()).isEqualTo(2);
    assertThat(effects.promptDeviation()).isEqualTo(1);
    Fit given = mixed.fit(SPECTRAL, new ComparisonModel(TieModel.HALF, 1.0, 0.0), algebra);
    assertThat(Objects.requireNonNull(given.effects()).promptDeviation()).isEqualTo(1);
  }

  @Test
  void equalEmbeddingsLeaveTheEffects() {
    MixedProblem mixed =
        MixedProblem.of(new MixedProblem.Truth(40, 4, 6, 1, 1, ALIKE, 0.5), 200, 23);
    RandomProblem flat =
        new RandomProblem(
            FloatMatrix.of(40, 6, new float[240]),
            mixed.problem().promptOf(),
            mixed.problem().judgements());
    Fit fit =
        new MixedProblem(flat, mixed.groups(), mixed.offsets())
            .fit(SPECTRAL, new ComparisonModel(TieModel.DAVIDSON, 1.0, null), algebra);
    assertThat(fit.components()).isZero();
    Effects effects = Objects.requireNonNull(fit.effects());
    double[] truth =
        Arrays.stream(effects.prompts()).mapToDouble(p -> mixed.offsets()[p]).toArray();
    assertThat(correlation(truth, effects.promptEffects())).isGreaterThan(0.5);
  }

  @Test
  void theMostFrequentHaveEffectsWhereThereAreTooMany() {
    assertThat(GroupedVerdicts.mostFrequent(new int[] {7, 3, 3, 9, 9, 1, 9, 7}, 2))
        .containsExactly(3, 9);
    assertThat(GroupedVerdicts.mostFrequent(new int[] {5, 5, 2}, 9)).containsExactly(2, 5);
  }

  @Test
  void withMorePromptsThanHaveEffectsTheFitGoesOn() {
    MixedProblem mixed =
        MixedProblem.of(new MixedProblem.Truth(4400, 1, 2, 1, 1, ALIKE, 0), 2500, 25);
    Fit fit =
        mixed.fit(
            new PriorSpecification(Prior.ISOTROPIC, 1.0, null),
            new ComparisonModel(TieModel.HALF, 1.0, 0.0),
            algebra);
    Effects effects = Objects.requireNonNull(fit.effects());
    assertThat(effects.prompts()).hasSize(GroupedVerdicts.MOST_PROMPTS).isSorted();
    assertThat(fit.converged()).isTrue();
    assertThat(Arrays.stream(effects.effectOf(mixed.groups().prompts())).filter(p -> p < 0))
        .hasSize(4400 - GroupedVerdicts.MOST_PROMPTS);
  }

  @Test
  void wrongInputIsRefused() {
    MixedProblem mixed = MixedProblem.of(new MixedProblem.Truth(40, 4, 6, 1, 1, ALIKE, 0), 30, 24);
    assertThatThrownBy(() ->
            mixed.with(mixed.problem().judgements(), new int[29]).fit(SPECTRAL, OPEN, algebra))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("29 annotators of 30 verdicts");
    assertThatThrownBy(() -> new ComparisonModel(TieModel.HALF, -1.0, 0.0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("promptDeviation is -1.0");
  }

  private Fit plain(MixedProblem mixed) {
    RandomProblem problem = mixed.problem();
    return new LastLayer(algebra)
        .fit(
            problem.embeddings(),
            EmbeddingSpectrum.of(problem.embeddings(), problem.promptOf(), algebra),
            problem.judgements(),
            SPECTRAL,
            null);
  }

  private static double correlation(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }
}
