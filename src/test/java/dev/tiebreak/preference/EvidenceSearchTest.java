package dev.tiebreak.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.linalg.Matrix;
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

  @Test
  void fitsEveryPointWhereVerdictsAreFew() {
    EvidenceSearch few = search(RandomProblem.of(80, 4, 3, 60, 1, 5), Prior.SPECTRAL);
    few.greatest();
    assertThat(few.evaluations()).isEqualTo(6 * 25);
    EvidenceSearch many = search(RandomProblem.of(400, 10, 3, 600, 1, 5), Prior.SPECTRAL);
    many.greatest();
    assertThat(many.evaluations()).isLessThan(6 * 25);
  }

  @Test
  void coarseToFineEndsWhereTheFullGridDoes() {
    SoftAssertions softly = new SoftAssertions();
    int seed = 0;
    for (Prior prior : Prior.values()) {
      for (int d : new int[] {1, 6, 20}) {
        for (int verdicts : new int[] {10, 40, 150}) {
          for (double strength : new double[] {0, 0.1, 0.5, 2, 20}) {
            compare(RandomProblem.of(80, 4, d, verdicts, strength, ++seed), prior, seed, softly);
          }
        }
      }
    }
    softly.assertAll();
  }

  private void compare(RandomProblem problem, Prior prior, int seed, SoftAssertions softly) {
    EvidenceSearch.Candidate full = search(problem, prior).everywhere();
    EvidenceSearch coarse = search(problem, prior);
    EvidenceSearch.Candidate found = coarse.coarseToFine();
    softly.assertThat(found.position()).as("seed %d %s", seed, prior).isEqualTo(full.position());
    softly
        .assertThat(found.mode().logEvidence())
        .as("seed %d %s", seed, prior)
        .isCloseTo(full.mode().logEvidence(), within(1e-9));
    softly.assertThat(found.mode().converged()).as("seed %d %s", seed, prior).isTrue();
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
  @ValueSource(ints = {10, 25, 40})
  void theSearchInTheRowSpaceEndsWhereTheFullOneDoes(int verdicts) {
    for (double strength : new double[] {0, 1, 10}) {
      RandomProblem problem = RandomProblem.of(80, 4, 170, verdicts, strength, verdicts);
      EmbeddingSpectrum spectrum =
          EmbeddingSpectrum.of(problem.embeddings(), problem.promptOf(), algebra);
      PriorSpecification open = PriorSpecification.automatic(Prior.ISOTROPIC);
      double[] warm = new double[170];
      Arrays.fill(warm, 0.01);
      Fit fit = lastLayer.fit(problem.embeddings(), spectrum, problem.judgements(), open, warm);
      EvidenceSearch.Candidate full = search(problem, Prior.ISOTROPIC).everywhere();
      double[] precisions = LastLayer.precisions(open, spectrum, verdicts);
      assertThat(fit.priorPrecision()).isEqualTo(precisions[full.position().lambda()]);
      assertThat(fit.weights()).containsExactly(full.mode().coefficients(), within(1e-9));
      assertThat(fit.logEvidence()).isCloseTo(full.mode().logEvidence(), within(1e-9));
      assertThat(fit.converged()).isTrue();
    }
  }

  @Test
  void theRowSpaceSpansRowsThatRepeatOrVanish() {
    Matrix x = Matrix.zeros(5, 30);
    for (int j = 0; j < 30; j++) {
      x.values()[j] = j + 1;
      x.values()[60 + j] = -2 * (j + 1);
      x.values()[90 + j] = Math.sin(j);
      x.values()[120 + j] = Math.sin(j) + 1e-7 * Math.cos(3 * j);
    }
    RowSpace space = RowSpace.of(x, algebra);
    assertThat(space.basis().rows()).isEqualTo(3);
    assertThat(algebra.multiply(space.features(), space.basis()).values())
        .containsExactly(x.values(), within(1e-13));
  }

  @Test
  void tiesGoToTheSmallerExponentThenTheGreaterPrecision() {
    RandomProblem problem = RandomProblem.of(20, 4, 3, 12, 1, 5);
    float[] equal = new float[60];
    Arrays.fill(equal, 2.5f);
    RandomProblem flat =
        new RandomProblem(FloatMatrix.of(20, 3, equal), problem.promptOf(), problem.judgements());
    assertThat(search(flat, Prior.SPECTRAL).coarseToFine().position())
        .isEqualTo(new EvidenceSearch.Position(0, 24));
    assertThat(search(flat, Prior.ISOTROPIC).coarseToFine().position())
        .isEqualTo(new EvidenceSearch.Position(0, 24));
    RandomProblem line = RandomProblem.of(80, 4, 1, 60, 2, 6);
    assertThat(search(line, Prior.SPECTRAL).coarseToFine().position().exponent()).isZero();
  }

  private EvidenceSearch search(RandomProblem problem, Prior prior) {
    EmbeddingSpectrum spectrum =
        EmbeddingSpectrum.of(problem.embeddings(), problem.promptOf(), algebra);
    PriorSpecification open = PriorSpecification.automatic(prior);
    int verdicts = problem.judgements().size();
    PairCounts pairs = PairCounts.of(problem.judgements(), problem.embeddings().rows());
    List<FeatureMap> maps = lastLayer.maps(open, spectrum, verdicts);
    return new EvidenceSearch(
        pairs,
        maps,
        LastLayer.precisions(open, spectrum, verdicts),
        Differences.of(problem.embeddings(), pairs, maps.getFirst(), algebra),
        null,
        null,
        algebra);
  }
}
