package dev.tiebreak.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Fuzz;
import dev.tiebreak.body.JsonRows;
import dev.tiebreak.body.RowLimits;
import dev.tiebreak.body.Texts;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.Refusals;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

class ImportedVerdictFuzzTest {

  private final JsonRows rows = new JsonRows(RowLimits.SMALL);

  @Fuzz
  void aLineIsARightVerdictOrRefused(byte[] body) {
    List<ImportedVerdict> verdicts = new ArrayList<>();
    try {
      long count =
          rows.readLines(
              new ByteArrayInputStream(body), row -> verdicts.add(ImportedVerdict.read(row)));
      assertThat(verdicts).hasSize((int) count);
    } catch (ProblemException refused) {
      Refusals.assertOfRows(refused, "");
      return;
    }
    verdicts.forEach(ImportedVerdictFuzzTest::assertRight);
  }

  private static void assertRight(ImportedVerdict verdict) {
    for (String text : List.of(verdict.left(), verdict.right(), verdict.annotator())) {
      assertThat(Texts.wrong(text, 1, 200)).isNull();
    }
    assertThat(verdict.left()).isNotEqualTo(verdict.right());
  }
}
