package dev.tiebreak.paging;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.tiebreak.Fuzz;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;

class CursorFuzzTest {

  private static final String LIST = "/projects/hh/responses";

  @Fuzz
  void aCursorIsOnePlaceInItsListOrRefused(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    assertThat(CursorSeal.open(LIST, CursorSeal.seal(LIST, text))).isEqualTo(text);
    try {
      String opened = CursorSeal.open(LIST, text);
      assertThat(CursorSeal.seal(LIST, opened)).isEqualTo(text);
      text = opened;
    } catch (ProblemException refused) {
      assertRefused(refused);
    }
    try {
      Cursor cursor = Cursor.parse(text, 0);
      assertThat(Cursor.parse(cursor.text(), 0)).isEqualTo(cursor);
    } catch (ProblemException refused) {
      assertRefused(refused);
    }
  }

  private static void assertRefused(ProblemException refused) {
    assertThat(refused.type()).isEqualTo(ProblemType.INVALID_INPUT);
    assertThat(refused.errors().getFirst().pointer()).isEqualTo("cursor");
  }
}
