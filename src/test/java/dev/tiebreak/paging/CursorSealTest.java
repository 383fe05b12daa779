package dev.tiebreak.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorSealTest {

  private static final String LIST = "/projects/hh/responses";

  @Test
  void aCursorIsOpenedByTheListThatGaveIt() {
    String cursor = new Cursor(7).text();
    String sealed = CursorSeal.seal(LIST, cursor);
    assertThat(sealed).matches("[A-Za-z0-9_-]{17}");
    assertThat(CursorSeal.open(LIST, sealed)).isEqualTo(cursor);
  }

  @Test
  void noCursorStaysNone() {
    assertThat(CursorSeal.seal(LIST, null)).isNull();
    assertThat(CursorSeal.open(LIST, null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/projects/hh/verdicts", "/projects/other/responses", "/projects"})
  void anotherListRefusesIt(String other) {
    String sealed = CursorSeal.seal(LIST, new Cursor(7).text());
    assertThatThrownBy(() -> CursorSeal.open(other, sealed)).isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAAA", "AAAAAA", "AAAAAAAAAAc", "AAAAAAAAAAcAAAAAA", "\u0000é"})
  void whatNoListGaveIsRefused(String text) {
    assertThatThrownBy(() -> CursorSeal.open(LIST, text)).isInstanceOf(ProblemException.class);
  }
}
