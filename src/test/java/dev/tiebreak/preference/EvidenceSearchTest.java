package dev.tiebreak.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EvidenceSearchTest {

  private final LinearAlgebra algebra = TestAlgebra.open();
  private final LastLayer lastLayer = new LastLayer(algebra);
  private final VariedProblem.Searches searches = new VariedProblem.Searches(algebra);

  @Test
  void endsWhereTheFullGridDoes() {
    SoftAssertions softly = new SoftAssertions();
    int seed = 0;
    for (Prior prior : Prior.values()) {
      for (int d : new int[] {1, 6, 20}) {
        for (int verdicts : new int[] {10, 40, 150}) {
          for (double strength : new double[] {0, 0.1, 0.5, 2, 20}) {
            RandomProblem problem = RandomProblem.of(80, 4, d, verdicts, strength, ++seed);
            compare(new VariedProblem(problem, prior, "seed " + seed + " " + prior), softly);
          }
        }
      }
    }
    softly.assertAll();
  }

  /** A quick part of what {@code EvidenceCheck} among the benchmarks does at length. */
  @Test
  void endsWhereTheFullGridDoesOnProblemsOfAllKinds() {
    SoftAssertions softly = new SoftAssertions();
    for (int seed = 1; seed <= 50; seed++) {
      compare(VariedProblem.of(seed, 600, 60), softly);
    }
    softly.assertAll();
  }

  private void compare(VariedProblem varied, SoftAssertions softly) {
    EvidenceSearch.Candidate full = varied.everywhere(algebra);
    EvidenceSearch.Candidate found = varied.automatic(algebra);
    softly.assertThat(found.position()).as(varied.description()).isEqualTo(full.position());
    softly
        .assertThat(found.mode().logEvidence())
        .as(varied.description())
        .isCloseTo(full.mode().logEvidence(), within(1e-8 * (1 + varied.verdicts())));
    softly.assertThat(found.mode().converged()).as(varied.description()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Prior.class)
  void withManyVerdictsAFewFitsEndWhereTheFullGridDoes(Prior prior) {
    for (int verdicts : new int[] {600, 3000}) {
      for (double strength : new double[] {0.3, 1, 4}) {
        RandomProblem problem = RandomProblem.of(400, 10, 40, verdicts, strength, verdicts);
        EvidenceSearch coarse = search(problem, prior);
        EvidenceSearch.Candidate found = coarse.coarseToFine();
        EvidenceSearch.Candidate full = search(problem, prior).everywhere();
        assertThat(found.position()).isEqualTo(full.position());
        assertThat(found.mode().coefficients())
            .containsExactly(full.mode().coefficients(), within(1e-8));
        assertThat(coarse.evaluations()).isLessThan(50);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 25, 40, 100})
  void theSearchByPairsEndsWhereTheFullOneDoes(int verdicts) {
    for (double strength : new double[] {0, 1, 10}) {
      RandomProblem problem = RandomProblem.of(80, 4, 170, verdicts, strength, verdicts);
      EmbeddingSpectrum spectrum =
          EmbeddingSpectrum.of(problem.embeddings(), problem.promptOf(), algebra);
      PriorSpecification open = PriorSpecification.automatic(Prior.ISOTROPIC);
      double[] warm = new double[170];
      Arrays.fill(warm, 0.01);
      Fit fit = lastLayer.fit(problem.embeddings(), spectrum, problem.judgements(), open, warm);
      EvidenceSearch.Candidate full = search(problem, Prior.ISOTROPIC).everywhere();
      double[] precisions = HyperparameterGrid.of(open, spectrum, verdicts).lambdas();
      assertThat(fit.priorPrecision()).isEqualTo(precisions[full.position().lambda()]);
      assertThat(fit.weights()).containsExactly(full.mode().coefficients(), within(1e-9));
      assertThat(fit.logEvidence()).isCloseTo(full.mode().logEvidence(), within(1e-9));
      assertThat(fit.converged()).isTrue();
    }
  }

  @Test
  void tiesGoToTheSmallerExponentThenTheGreaterPrecision() {
    RandomProblem problem = RandomProblem.of(20, 4, 3, 12, 1, 5);
    float[] equal = new float[60];
    Arrays.fill(equal, 2.5f);
    RandomProblem flat =
        new RandomProblem(FloatMatrix.of(20, 3, equal), problem.promptOf(), problem.judgements());
    RandomProblem line = RandomProblem.of(80, 4, 1, 60, 2, 6);
    for (Prior prior : List.of(Prior.ISOTROPIC, Prior.SPECTRAL)) {
      assertThat(search(flat, prior).coarseToFine().position())
          .isEqualTo(new GridClimb.Position(0, 24));
      assertThat(searches.automatic(flat, prior).position())
          .isEqualTo(new GridClimb.Position(0, 24));
    }
    assertThat(search(line, Prior.SPECTRAL).coarseToFine().position().exponent()).isZero();
    assertThat(searches.automatic(line, Prior.SPECTRAL).position().exponent()).isZero();
  }

  private EvidenceSearch search(RandomProblem problem, Prior prior) {
    return searches.byEstimates(problem, prior);
  }
}
