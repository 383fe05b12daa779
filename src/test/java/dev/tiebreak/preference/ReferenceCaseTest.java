package dev.tiebreak.preference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReferenceCaseTest {

  @Test
  void readsEveryCase() {
    for (String name : ReferenceCase.ISOTROPIC) {
      ReferenceCase reference = ReferenceCase.load(name);
      assertThat(reference.name()).isEqualTo(name);
      assertThat(reference.promptOf()).hasSize(reference.embeddings().rows());
      assertThat(reference.doubles("w")).hasSize(reference.embeddings().columns());
      assertThat(reference.doubles("p")).hasSize(reference.candidates().length);
    }
    assertThat(ReferenceCase.load(ReferenceCase.SPECTRAL).number("auto", "log_det")).isFinite();
  }
}
