package dev.tiebreak.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.LinearAlgebra;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fits from an earlier one, and the largest that are promised. */
final class RefitTest {

  private final LinearAlgebra algebra = TestAlgebra.open();
  private final LastLayer lastLayer = new LastLayer(algebra);

  @ParameterizedTest
  @EnumSource(Prior.class)
  void anEarlierFitChangesNothing(Prior prior) {
    RandomProblem problem = RandomProblem.of(200, 10, 20, 900, 1, 1);
    EmbeddingSpectrum spectrum = spectrum(problem);
    for (PriorSpecification specification :
        List.of(
            PriorSpecification.automatic(prior),
            new PriorSpecification(prior, 2.0, prior == Prior.SPECTRAL ? 1.0 : null))) {
      Fit cold = fit(problem, spectrum, specification);
      for (int earlier : new int[] {0, 5, 100, 890, 900}) {
        for (Prior other : Prior.values()) {
          Fit before = fit(head(problem, earlier), spectrum, PriorSpecification.automatic(other));
          Fit warm =
              lastLayer.refit(
                  problem.embeddings(), spectrum, problem.judgements(), specification, before);
          assertThat(warm.weights()).containsExactly(cold.weights(), within(1e-9));
          assertThat(warm.priorPrecision()).isEqualTo(cold.priorPrecision());
          assertThat(warm.priorExponent()).isEqualTo(cold.priorExponent());
          assertThat(warm.converged()).isTrue();
        }
      }
    }
  }

  @Test
  void aRefitAfterAFewVerdictsTakesOneFactorisation() {
    RandomProblem problem = RandomProblem.of(400, 10, 20, 5000, 1, 2);
    EmbeddingSpectrum spectrum = spectrum(problem);
    PriorSpecification given = new PriorSpecification(Prior.SPECTRAL, 2.0, 1.0);
    Fit before = fit(head(problem, 4950), spectrum, given);
    Fit warm = lastLayer.refit(problem.embeddings(), spectrum, problem.judgements(), given, before);
    assertThat(warm.iterations()).isEqualTo(1);
    assertThat(fit(problem, spectrum, given).iterations()).isGreaterThan(1);
  }

  @Test
  void anEarlierFitOfOtherEmbeddingsChangesNothing() {
    RandomProblem problem = RandomProblem.of(200, 10, 20, 900, 1, 3);
    RandomProblem other = RandomProblem.of(120, 10, 20, 300, 5, 4).times(1e3f);
    EmbeddingSpectrum spectrum = spectrum(problem);
    PriorSpecification open = PriorSpecification.automatic(Prior.SPECTRAL);
    Fit cold = fit(problem, spectrum, open);
    Fit warm =
        lastLayer.refit(
            problem.embeddings(),
            spectrum,
            problem.judgements(),
            open,
            fit(other, spectrum(other), open));
    assertThat(warm.weights()).containsExactly(cold.weights(), within(1e-9));
    assertThat(warm.priorExponent()).isEqualTo(cold.priorExponent());
  }

  @ParameterizedTest
  @EnumSource(Prior.class)
  void tiesAndContradictionsTellNothingAndConverge(Prior prior) {
    for (int verdicts : new int[] {8, 60, 400, 2000}) {
      RandomProblem problem = RandomProblem.of(200, 10, 20, verdicts, 1, 7);
      Judgements one = problem.judgements();
      double[] ties = new double[verdicts];
      Arrays.fill(ties, 0.5);
      int[] a = one.a().clone();
      int[] b = one.b().clone();
      double[] y = new double[verdicts];
      for (int i = 0; i < verdicts; i++) {
        a[i] = one.a()[i / 2];
        b[i] = one.b()[i / 2];
        y[i] = i % 2;
      }
      for (Judgements judgements :
          List.of(new Judgements(one.a(), one.b(), ties), new Judgements(a, b, y))) {
        Fit fit =
            fit(problem.with(judgements), spectrum(problem), PriorSpecification.automatic(prior));
        assertThat(fit.converged()).isTrue();
        assertThat(fit.weights()).containsExactly(new double[20], within(1e-12));
        assertThat(fit.logLikelihood()).isCloseTo(-verdicts * Math.log(2), within(1e-9 * verdicts));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Prior.class)
  void separableVerdictsFewerThanFourThousandDimensionsConverge(Prior prior) {
    RandomProblem problem = RandomProblem.of(300, 300, 4096, 120, 100, 8);
    for (PriorSpecification specification :
        List.of(
            PriorSpecification.automatic(prior),
            new PriorSpecification(prior, 1e-6, prior == Prior.SPECTRAL ? 0.0 : null))) {
      Fit fit = fit(problem, spectrum(problem), specification);
      assertThat(fit.converged()).isTrue();
      assertThat(fit.jitter()).isZero();
    }
  }

  @Test
  void fitsTwoThousandVerdictsInFourThousandDimensions() {
    RandomProblem problem = RandomProblem.of(300, 300, 4096, 2000, 0.1, 5);
    PriorSpecification given = new PriorSpecification(Prior.ISOTROPIC, 1.0, null);
    Fit fit = fit(problem, spectrum(problem), given);
    assertThat(fit.converged()).isTrue();
    assertThat(fit.jitter()).isZero();
    assertThat(fit.gradientNorm()).isLessThan(1e-9);
  }

  @Test
  void fitsAMillionVerdicts() {
    RandomProblem problem = RandomProblem.of(3000, 3000, 64, 1_000_000, 0.5, 6);
    EmbeddingSpectrum spectrum = spectrum(problem);
    PriorSpecification given = new PriorSpecification(Prior.ISOTROPIC, 1.0, null);
    Fit before = fit(head(problem, 990_000), spectrum, given);
    Fit cold = fit(problem, spectrum, given);
    Fit warm = lastLayer.refit(problem.embeddings(), spectrum, problem.judgements(), given, before);
    assertThat(cold.converged()).isTrue();
    assertThat(warm.converged()).isTrue();
    assertThat(warm.weights()).containsExactly(cold.weights(), within(1e-9));
  }

  private static RandomProblem head(RandomProblem problem, int verdicts) {
    Judgements all = problem.judgements();
    return problem.with(
        new Judgements(
            Arrays.copyOf(all.a(), verdicts),
            Arrays.copyOf(all.b(), verdicts),
            Arrays.copyOf(all.y(), verdicts)));
  }

  private Fit fit(
      RandomProblem problem, EmbeddingSpectrum spectrum, PriorSpecification specification) {
    return lastLayer.fit(problem.embeddings(), spectrum, problem.judgements(), specification, null);
  }

  private EmbeddingSpectrum spectrum(RandomProblem problem) {
    return EmbeddingSpectrum.of(problem.embeddings(), problem.promptOf(), algebra);
  }
}
