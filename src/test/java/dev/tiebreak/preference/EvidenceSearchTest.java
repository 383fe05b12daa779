package dev.tiebreak.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.linalg.CommonsMathLinearAlgebra;
import dev.tiebreak.linalg.FloatMatrix;
import dev.tiebreak.linalg.LinearAlgebra;
import java.util.Arrays;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

final class EvidenceSearchTest {

  private final LinearAlgebra algebra = new CommonsMathLinearAlgebra();
  private final LastLayer lastLayer = new LastLayer(algebra);

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

  @Test
  void fitsAboutHalfOfTheGrid() {
    EvidenceSearch search = search(RandomProblem.of(80, 4, 20, 100, 1, 3), Prior.SPECTRAL);
    search.coarseToFine();
    assertThat(search.evaluations()).isLessThan(80);
  }

  @Test
  void tiesGoToTheSmallerExponentThenTheGreaterPrecision() {
    RandomProblem problem = RandomProblem.of(20, 4, 3, 12, 1, 5);
    FloatMatrix equal = FloatMatrix.zeros(20, 3);
    Arrays.fill(equal.values(), 2.5f);
    RandomProblem flat = new RandomProblem(equal, problem.promptOf(), problem.judgements());
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
    return lastLayer.search(
        problem.embeddings(),
        PairCounts.of(problem.judgements(), problem.embeddings().rows()),
        lastLayer.maps(open, spectrum, verdicts),
        LastLayer.precisions(open, spectrum, verdicts),
        null);
  }
}
