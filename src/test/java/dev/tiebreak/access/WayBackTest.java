package dev.tiebreak.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WayBackTest {

  @ParameterizedTest
  @ValueSource(strings = {"/", "/annotate/hh", "/projects/hh/dashboard?from=1&b=%2F#x"})
  void leadsBackToPagesOfOurs(String path) {
    assertThat(WayBack.of(path)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "annotate",
        "//evil.example",
        "/\\evil.example",
        "/a\\b",
        "https://evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=y",
        "/a b",
        " /",
        "/\t/evil.example"
      })
  void leadsNowhereElse(String path) {
    assertThat(WayBack.of(path)).isEqualTo("/");
  }

  @Test
  void leadsToTheStartWhereNothingIsSaid() {
    assertThat(WayBack.of(null)).isEqualTo("/");
  }
}
