package dev.tiebreak.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemFormTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
        "application/json;q=0.5, text/*"
      })
  void aBrowserGetsAPage(String accept) {
    assertThat(ProblemForm.prefersHtml(accept)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/json",
        "application/json, text/html",
        "text/html;q=0.9, application/json",
        "text/html;q=0, */*",
        "application/x-npy",
        "nonsense"
      })
  void everybodyElseGetsJson(String accept) {
    assertThat(ProblemForm.prefersHtml(accept)).isFalse();
  }

  @Test
  void noPreferenceIsJson() {
    assertThat(ProblemForm.prefersHtml(null)).isFalse();
  }
}
