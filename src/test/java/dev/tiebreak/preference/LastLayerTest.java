package dev.tiebreak.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LastLayerTest {

  private static final PriorSpecification SPECTRAL = PriorSpecification.automatic(Prior.SPECTRAL);
  private static final PriorSpecification HIERARCHICAL =
      PriorSpecification.automatic(Prior.HIERARCHICAL);
  private static final PriorSpecification ISOTROPIC = PriorSpecification.automatic(Prior.ISOTROPIC);

  private final LinearAlgebra algebra = TestAlgebra.open();
  private final RandomProblem problem = RandomProblem.of(80, 4, 12, 90, 2, 1);

  @ParameterizedTest
  @EnumSource(Prior.class)
  void theOrderAndOrientationOfVerdictsChangeNoBit(Prior prior) {
    Judgements judgements = problem.judgements();
    List<Integer> order = new ArrayList<>(IntStream.range(0, 90).boxed().toList());
    Collections.shuffle(order, new Random(2));
    int[] a = new int[90];
    int[] b = new int[90];
    double[] y = new double[90];
    for (int i = 0; i < 90; i++) {
      int from = order.get(i);
      boolean swap = i % 2 == 0;
      a[i] = swap ? judgements.b()[from] : judgements.a()[from];
      b[i] = swap ? judgements.a()[from] : judgements.b()[from];
      y[i] = swap ? 1 - judgements.y()[from] : judgements.y()[from];
    }
    PriorSpecification open = PriorSpecification.automatic(prior);
    Fit shuffled = fit(problem.with(new Judgements(a, b, y)), open, null);
    Fit straight = fit(problem, open, null);
    assertThat(shuffled.weights()).isEqualTo(straight.weights());
    assertThat(shuffled.logEvidence()).isEqualTo(straight.logEvidence());
  }

  @ParameterizedTest
  @EnumSource(Prior.class)
  void theWarmStartChangesNothing(Prior prior) {
    PriorSpecification open = PriorSpecification.automatic(prior);
    Fit cold = fit(problem, open, null);
    double[] awful = new double[12];
    Arrays.fill(awful, Double.NaN);
    for (double[] start :
        List.of(cold.weights(), new Random(3).doubles(12, -1e4, 1e4).toArray(), awful)) {
      Fit warm = fit(problem, open, start);
      assertThat(warm.weights()).containsExactly(cold.weights(), within(1e-8));
      assertThat(warm.priorPrecision()).isEqualTo(cold.priorPrecision());
      assertThat(warm.priorExponent()).isEqualTo(cold.priorExponent());
    }
  }

  @Test
  void aDuplicatedVerdictCountsTwice() {
    Judgements once = problem.judgements();
    Judgements twice =
        new Judgements(
            IntStream.concat(Arrays.stream(once.a()), Arrays.stream(once.a())).toArray(),
            IntStream.concat(Arrays.stream(once.b()), Arrays.stream(once.b())).toArray(),
            DoubleStream.concat(Arrays.stream(once.y()), Arrays.stream(once.y())).toArray());
    Fit single = fit(problem, new PriorSpecification(Prior.ISOTROPIC, 0.5, null), null);
    Fit doubled =
        fit(problem.with(twice), new PriorSpecification(Prior.ISOTROPIC, 1.0, null), null);
    assertThat(doubled.weights()).containsExactly(single.weights(), within(1e-9));
    assertThat(doubled.logLikelihood()).isCloseTo(2 * single.logLikelihood(), within(1e-8));
    assertThat(doubled.verdicts()).isEqualTo(180);
  }

  @Test
  void theScaleOfTheEmbeddingsOnlyScalesTheWeights() {
    for (PriorSpecification open : List.of(SPECTRAL, ISOTROPIC)) {
      Fit unit = fit(problem, open, null);
      for (float factor : new float[] {0x1p-40f, 0x1p40f}) {
        Fit scaled = fit(problem.times(factor), open, null);
        double[] weights = Arrays.stream(scaled.weights()).map(w -> w * factor).toArray();
        assertThat(weights).containsExactly(unit.weights(), within(1e-7));
        assertThat(scaled.logEvidence()).isCloseTo(unit.logEvidence(), within(1e-7));
        assertThat(scaled.priorExponent()).isEqualTo(unit.priorExponent());
      }
    }
  }

  @Test
  void withoutVerdictsThePosteriorIsThePrior() {
    Fit fit = fit(problem.with(Judgements.none()), SPECTRAL, null);
    assertThat(fit.weights()).containsOnly(0);
    assertThat(fit.priorPrecision()).isEqualTo(0.25);
    assertThat(fit.priorExponent()).isEqualTo(1);
    assertThat(fit.logLikelihood()).isZero();
    assertThat(fit.logEvidence()).isCloseTo(0, within(1e-12));
    assertThat(fit.logDet()).isCloseTo(fit.components() * Math.log(0.25), within(1e-12));
    assertThat(fit.converged()).isTrue();
    Fit isotropic = fit(problem.with(Judgements.none()), ISOTROPIC, null);
    assertThat(isotropic.priorPrecision()).isEqualTo(spectrum(problem).meanSquaredDifference() / 4);
    assertThat(isotropic.priorExponent()).isNull();
  }

  @Test
  void theEvidenceDecidesFromTenVerdictsOn() {
    Fit nine = fit(RandomProblem.of(80, 4, 12, 9, 9, 4), SPECTRAL, null);
    assertThat(nine.priorPrecision()).isEqualTo(0.25);
    assertThat(nine.priorExponent()).isEqualTo(1);
    Fit ten = fit(RandomProblem.of(80, 4, 12, 10, 9, 4), SPECTRAL, null);
    assertThat(ten.priorPrecision()).isNotEqualTo(0.25);
  }

  @Test
  void theHierarchicalPriorStartsAtItsModeAndLearnsFromTheFirstVerdict() {
    Fit none = fit(problem.with(Judgements.none()), HIERARCHICAL, null);
    assertThat(none.priorExponent()).isEqualTo(3);
    assertThat(none.priorPrecision()).isEqualTo(1);
    long moved =
        IntStream.rangeClosed(1, 20)
            .mapToObj(seed -> fit(RandomProblem.of(80, 4, 12, 9, 20, seed), HIERARCHICAL, null))
            .filter(nine -> nine.priorPrecision() != 1)
            .count();
    assertThat(moved).isPositive();
  }

  @Test
  void theHierarchicalPriorMaximisesEvidenceAndHyperprior() {
    for (int seed = 1; seed <= 6; seed++) {
      RandomProblem few = RandomProblem.of(80, 4, 12, 7 * seed, seed, seed);
      Fit found = fit(few, HIERARCHICAL, null);
      double greatest = Double.NEGATIVE_INFINITY;
      Fit best = found;
      for (double a : new double[] {0, 0.5, 1, 1.5, 2, 3, 4}) {
        for (int j = 0; j < 25; j++) {
          double lambda = Math.pow(10, -3 + j / 4.0);
          Fit given = fit(few, new PriorSpecification(Prior.SPECTRAL, lambda, a), null);
          double sum =
              given.logEvidence() - (a - 3) * (a - 3) / 2 - Math.log(lambda) * Math.log(lambda) / 2;
          if (sum > greatest + 1e-9) {
            greatest = sum;
            best = given;
          }
        }
      }
      assertThat(found.priorExponent()).isEqualTo(best.priorExponent());
      assertThat(found.priorPrecision()).isEqualTo(best.priorPrecision());
      assertThat(found.logEvidence()).isCloseTo(best.logEvidence(), within(1e-9));
      assertThat(found.weights()).containsExactly(best.weights(), within(1e-8));
    }
  }

  @Test
  void whatIsGivenIsKeptAndOnlyTheRestIsChosen() {
    Fit precision = fit(problem, new PriorSpecification(Prior.SPECTRAL, 0.77, null), null);
    assertThat(precision.priorPrecision()).isEqualTo(0.77);
    Fit exponent = fit(problem, new PriorSpecification(Prior.SPECTRAL, null, 0.3), null);
    assertThat(exponent.priorExponent()).isEqualTo(0.3);
    Fit few =
        fit(
            RandomProblem.of(80, 4, 12, 3, 1, 5),
            new PriorSpecification(Prior.SPECTRAL, null, 2.0),
            null);
    assertThat(few.priorExponent()).isEqualTo(2);
    assertThat(few.priorPrecision()).isEqualTo(0.25);
    Fit best = fit(problem, SPECTRAL, null);
    for (double a : HyperparameterGrid.of(SPECTRAL, spectrum(problem), 90).exponents()) {
      Fit given =
          fit(problem, new PriorSpecification(Prior.SPECTRAL, best.priorPrecision(), a), null);
      assertThat(given.logEvidence()).isLessThanOrEqualTo(best.logEvidence() + 1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-3, 1e-6, 1e-9})
  void separableVerdictsConvergeAtTinyPrecisions(double lambda) {
    int n = 60;
    Random random = new Random(6);
    FloatMatrix e = FloatMatrix.allocate(n, 3);
    for (int i = 0; i < n * 3; i++) {
      e.set(i / 3, i % 3, (float) random.nextGaussian());
    }
    int[] a = IntStream.range(0, n - 1).toArray();
    int[] b = IntStream.range(1, n).toArray();
    double[] y =
        IntStream.range(0, n - 1).mapToDouble(i -> e.get(i, 0) > e.get(i + 1, 0) ? 1 : 0).toArray();
    RandomProblem separable = new RandomProblem(e, new int[n], new Judgements(a, b, y));
    Fit fit = fit(separable, new PriorSpecification(Prior.ISOTROPIC, lambda, null), null);
    assertThat(fit.converged()).isTrue();
    assertThat(fit.newtonStep())
        .isLessThanOrEqualTo(1e-9 * (1 + Objective.largestMagnitude(fit.coefficients())));
    assertThat(fit.gradientNorm()).isLessThan(1e-6);
    assertThat(fit.weights()[0]).isPositive();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-3, 1, 1e6})
  void hugeEmbeddingsGiveLogitsWithoutOverflow(double lambda) {
    RandomProblem huge = problem.times(1e4f);
    Fit fit = fit(huge, new PriorSpecification(Prior.ISOTROPIC, lambda, null), null);
    assertThat(fit.weights()).doesNotContain(Double.NaN);
    assertThat(fit.logLikelihood()).isFinite().isNegative();
    assertThat(fit.logEvidence()).isFinite();
    assertThat(fit.converged()).isTrue();
  }

  @Test
  void aPrecisionBelowRoundingIsMetWithJitterAndNotWithAnException() {
    RandomProblem wide = RandomProblem.of(80, 4, 30, 12, 1, 7);
    PriorSpecification tiny = new PriorSpecification(Prior.ISOTROPIC, 1e-30, null);
    Fit fit = fit(wide, tiny, null);
    assertThat(fit.weights()).doesNotContain(Double.NaN);
    assertThat(fit.logDet()).isFinite();
  }

  @Test
  void oneDimensionAgreesWithBisection() {
    RandomProblem line = RandomProblem.of(40, 4, 1, 30, 3, 8);
    Fit fit = fit(line, new PriorSpecification(Prior.ISOTROPIC, 0.2, null), null);
    double low = -1e3;
    double high = 1e3;
    for (int i = 0; i < 200; i++) {
      double w = (low + high) / 2;
      double slope = 0.2 * w;
      for (int v = 0; v < 30; v++) {
        double x =
            (double) line.embeddings().get(line.judgements().a()[v], 0)
                - line.embeddings().get(line.judgements().b()[v], 0);
        slope += (Logistic.sigmoid(w * x) - line.judgements().y()[v]) * x;
      }
      low = slope < 0 ? w : low;
      high = slope < 0 ? high : w;
    }
    assertThat(fit.weights()[0]).isCloseTo(low, within(1e-9));
  }

  @Test
  void verdictsOnEqualEmbeddingsTellNothing() {
    float[] constant = new float[24];
    Arrays.fill(constant, 1.25f);
    FloatMatrix equal = FloatMatrix.of(8, 3, constant);
    int[] a = IntStream.range(0, 12).map(i -> i % 4).toArray();
    int[] b = IntStream.range(0, 12).map(i -> 4 + i % 4).toArray();
    RandomProblem flat = new RandomProblem(equal, new int[8], new Judgements(a, b, new double[12]));
    for (PriorSpecification open : List.of(SPECTRAL, ISOTROPIC)) {
      Fit fit = fit(flat, open, null);
      assertThat(fit.weights()).containsExactly(0, 0, 0);
      assertThat(fit.logLikelihood()).isCloseTo(-12 * Math.log(2), within(1e-12));
      assertThat(fit.converged()).isTrue();
    }
    assertThat(fit(flat, SPECTRAL, null).components()).isZero();
  }

  @Test
  void fewerVerdictsThanDimensionsAndMoreGiveTheDefinedInformation() {
    for (int verdicts : new int[] {3, 20, 500}) {
      RandomProblem any = RandomProblem.of(80, 4, 12, verdicts, 1, 9);
      Fit fit = fit(any, new PriorSpecification(Prior.ISOTROPIC, 0.4, null), null);
      double[] expected = new double[144];
      for (int i = 0; i < 144; i++) {
        expected[i] = i % 13 == 0 ? 0.4 : 0;
      }
      for (int v = 0; v < verdicts; v++) {
        double[] x = new double[12];
        for (int j = 0; j < 12; j++) {
          x[j] =
              (double) any.embeddings().get(any.judgements().a()[v], j)
                  - any.embeddings().get(any.judgements().b()[v], j);
        }
        double p = Logistic.sigmoid(Objective.dot(x, fit.weights()));
        for (int i = 0; i < 144; i++) {
          expected[i] += p * (1 - p) * x[i / 12] * x[i % 12];
        }
      }
      assertThat(fit.information().values()).containsExactly(expected, within(1e-10));
      assertThat(fit.logDet()).isEqualTo(fit.factor().logDeterminant());
    }
  }

  @Test
  void withoutResponsesThereIsAFitNonetheless() {
    RandomProblem none =
        new RandomProblem(FloatMatrix.allocate(0, 4), new int[0], Judgements.none());
    assertThat(fit(none, SPECTRAL, null).weights()).containsExactly(0, 0, 0, 0);
    assertThat(fit(none, ISOTROPIC, null).logDet()).isZero();
  }

  @Test
  void aCallersMistakeIsNamed() {
    LastLayer lastLayer = new LastLayer(algebra);
    EmbeddingSpectrum spectrum = spectrum(problem);
    FloatMatrix e = problem.embeddings();
    assertThatThrownBy(() ->
            lastLayer.fit(FloatMatrix.allocate(2, 3), spectrum, Judgements.none(), SPECTRAL, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a spectrum of dimension 12 for embeddings of 2 × 3");
    assertThatThrownBy(() -> lastLayer.fit(e, spectrum, Judgements.none(), SPECTRAL, new double[2]))
        .hasMessage("a warm start of dimension 2 for embeddings of 80 × 12");
    Judgements outside = new Judgements(new int[] {0}, new int[] {80}, new double[] {1});
    assertThatThrownBy(() -> lastLayer.fit(e, spectrum, outside, SPECTRAL, null))
        .hasMessage("verdict 0 compares rows 0 and 80 of 80");
    Judgements odd = new Judgements(new int[] {0}, new int[] {1}, new double[] {2});
    assertThatThrownBy(() -> lastLayer.fit(e, spectrum, odd, SPECTRAL, null))
        .hasMessage("verdict 0 has the target 2.0");
    Judgements one = new Judgements(new int[] {0}, new int[] {1}, new double[] {1});
    RandomProblem infinite = problem.times(Float.POSITIVE_INFINITY).with(one);
    for (PriorSpecification open : List.of(SPECTRAL, ISOTROPIC)) {
      assertThatThrownBy(() -> fit(infinite, open, null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not finite");
    }
    assertThatThrownBy(() -> new PriorSpecification(Prior.SPECTRAL, 0.0, null))
        .hasMessage("precision is 0.0");
    assertThatThrownBy(() -> new PriorSpecification(Prior.SPECTRAL, null, -1.0))
        .hasMessage("exponent is -1.0");
  }

  private Fit fit(RandomProblem of, PriorSpecification prior, double @Nullable [] warmStart) {
    return new LastLayer(algebra)
        .fit(of.embeddings(), spectrum(of), of.judgements(), prior, warmStart);
  }

  private EmbeddingSpectrum spectrum(RandomProblem of) {
    return EmbeddingSpectrum.of(of.embeddings(), of.promptOf(), algebra);
  }
}
