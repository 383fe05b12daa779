package dev.tiebreak.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "\uD83D\uDE00\uD83D\uDE00", "\uFFFF", "\n\t"})
  void countsCharactersAndNotTheirHalves(String text) {
    assertThat(Texts.wrong(text, 1, 2)).isNull();
  }

  @Test
  void lengthIsHeldToItsRange() {
    assertThat(Texts.wrong("", 1, 2)).isEqualTo("must have 1 to 2 characters");
    assertThat(Texts.wrong("abc", 0, 2)).isEqualTo("must have at most 2 characters");
    assertThat(Texts.wrong("", 0, 2)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "a\0b", "\uD83D", "\uDE00\uD83D", "a\uDE00"})
  void whatPostgresqlCannotStoreIsWrong(String text) {
    assertThat(Texts.wrong(text, 0, 10)).contains("must not contain");
  }
}
