package dev.tiebreak.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Plain words. | Plain words.",
        "## A *heading* | A heading",
        "- **both** and `code` | both and code",
        "1. See [the guide](https://example.org/guide) | See the guide",
        "> a_name_with_lines 2 * 3 * 4 | a_name_with_lines 2 * 3 * 4",
        "<b>kind</b> | <b>kind</b>"
      })
  void isWithoutMarks(String markdown, String line) {
    assertThat(FirstLine.of(markdown)).isEqualTo(line);
  }

  @Test
  void passesOverWhatHasNoWords() {
    assertThat(FirstLine.of("\n   \n---\n```java\nfirst")).isEqualTo("first");
    assertThat(FirstLine.of("\n \n")).isNull();
    assertThat(FirstLine.of(null)).isNull();
  }

  @Test
  void isShortAndCutsNoCharacterApart() {
    assertThat(FirstLine.of("😀".repeat(300))).isEqualTo("😀".repeat(200) + "…");
  }
}
