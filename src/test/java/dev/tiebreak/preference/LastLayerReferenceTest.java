package dev.tiebreak.preference;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.linalg.LinearAlgebra;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against numpy; {@code reference/make_reference.py} made the values. */
final class LastLayerReferenceTest {

  private final LinearAlgebra algebra = TestAlgebra.open();

  static List<String> isotropic() {
    return ReferenceCase.ISOTROPIC;
  }

  @ParameterizedTest
  @MethodSource("isotropic")
  void isotropicFitAgrees(String name) {
    ReferenceCase reference = ReferenceCase.load(name);
    Fit fit = fit(reference, new PriorSpecification(Prior.ISOTROPIC, reference.lambda(), null));
    assertThat(fit.weights()).containsExactly(reference.doubles("w"), within(1e-9));
    assertThat(fit.logLikelihood())
        .isCloseTo(reference.number("log_likelihood"), tight(reference, "log_likelihood"));
    assertThat(fit.logDet()).isCloseTo(reference.number("log_det"), tight(reference, "log_det"));
    assertThat(fit.priorExponent()).isNull();
    assertThat(fit.converged()).isTrue();
    assertThat(fit.jitter()).isZero();
  }

  @Test
  void spectralFitAgreesAtAGivenPrior() {
    assertSpectral("given", new PriorSpecification(Prior.SPECTRAL, 0.5, 1.0));
  }

  @Test
  void spectralFitAgreesAtThePriorThatTheEvidenceChooses() {
    assertSpectral("auto", PriorSpecification.automatic(Prior.SPECTRAL));
  }

  private void assertSpectral(String key, PriorSpecification prior) {
    ReferenceCase reference = ReferenceCase.load(ReferenceCase.SPECTRAL);
    Fit fit = fit(reference, prior);
    assertThat(requireNonNull(fit.priorExponent()))
        .isEqualTo(reference.number(key, "prior_exponent"));
    assertThat(fit.priorPrecision())
        .isCloseTo(reference.number(key, "prior_precision"), within(1e-12 * fit.priorPrecision()));
    assertThat(fit.components()).isEqualTo((int) reference.number(key, "components"));
    assertThat(fit.weights()).containsExactly(reference.doubles(key, "w"), within(1e-9));
    for (String field : List.of("log_likelihood", "log_evidence", "log_det")) {
      double actual =
          switch (field) {
            case "log_likelihood" -> fit.logLikelihood();
            case "log_evidence" -> fit.logEvidence();
            default -> fit.logDet();
          };
      assertThat(actual)
          .as(field)
          .isCloseTo(reference.number(key, field), tight(reference, key, field));
    }
    assertThat(fit.converged()).isTrue();
  }

  private Fit fit(ReferenceCase reference, PriorSpecification prior) {
    EmbeddingSpectrum spectrum =
        EmbeddingSpectrum.of(reference.embeddings(), reference.promptOf(), algebra);
    return new LastLayer(algebra)
        .fit(reference.embeddings(), spectrum, reference.judgements(), prior, null);
  }

  private static Offset<Double> tight(ReferenceCase reference, String... path) {
    return within(1e-11 * (1 + Math.abs(reference.number(path))));
  }
}
