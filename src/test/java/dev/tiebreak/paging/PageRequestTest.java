package dev.tiebreak.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 255, Long.MAX_VALUE, Long.MIN_VALUE})
  void aCursorIsReadAsItWasWritten(long after) {
    String text = new Cursor(after).text();
    assertThat(text).matches("[A-Za-z0-9_-]{11}");
    assertThat(Cursor.parse(text, 5)).isEqualTo(new Cursor(after));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAAAAAAAAAA", "AAAAAAAAAA.", "AAAAAAAAAA=", "äAAAAAAAAAA"})
  void whatIsNoCursorIsRefused(String text) {
    assertThatThrownBy(() -> Cursor.parse(text, 0)).isInstanceOf(ProblemException.class);
  }

  @Test
  void aPageHasAHundredRowsUnlessItsLimitSaysElse() {
    assertThat(new PageRequest(null, null).size()).isEqualTo(100);
    assertThat(new PageRequest(1000, null).size()).isEqualTo(1000);
    assertThat(new PageRequest(null, null).after(7)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1001, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void aLimitOutOfRangeIsRefused(int limit) {
    assertThatThrownBy(() -> new PageRequest(limit, null).size())
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void onlyAPageWithMoreBehindItNamesTheNext() {
    assertThat(Page.of(List.of(1L, 2L), 2, key -> key).nextCursor()).isNull();
    Page<Long> page = Page.of(List.of(1L, 2L, 3L), 2, key -> key);
    assertThat(page.items()).containsExactly(1L, 2L);
    assertThat(page.nextCursor()).isEqualTo(new Cursor(2).text());
  }
}
