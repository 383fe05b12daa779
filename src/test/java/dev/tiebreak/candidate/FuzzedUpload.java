package dev.tiebreak.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.body.Texts;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.Refusals;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What holds of an upload of any bytes. */
final class FuzzedUpload {

  static final int DIMENSION = 2;
  private static final int TEXT_LENGTH = 200_000;

  private FuzzedUpload() {}

  /**
   * Its rows can all be stored, or it is refused.
   *
   * @param parent pointer to what holds the rows
   */
  static void assertRightOrRefused(EmbeddingCodec codec, String parent, byte[] body) {
    List<UploadedRow> rows = new ArrayList<>();
    try {
      long count = codec.read(new ByteArrayInputStream(body), new RowIntake(DIMENSION, rows::add));
      assertThat(rows).hasSize((int) count);
    } catch (ProblemException refused) {
      Refusals.assertOfRows(refused, parent);
      return;
    }
    rows.forEach(FuzzedUpload::assertRight);
  }

  private static void assertRight(UploadedRow row) {
    assertText(row.responseId(), 1, RowCheck.ID_LENGTH);
    assertText(row.promptId(), 1, RowCheck.ID_LENGTH);
    assertText(row.prompt() == null ? "" : row.prompt(), 0, TEXT_LENGTH);
    assertText(row.response() == null ? "" : row.response(), 0, TEXT_LENGTH);
    assertThat(row.metadata() == null ? "{}" : row.metadata()).startsWith("{").endsWith("}");
    assertThat(row.numbers()).isEqualTo(DIMENSION);
    for (float number : row.embedding()) {
      assertThat(number).isFinite();
    }
  }

  private static void assertText(@Nullable String text, int least, int greatest) {
    assertThat(Texts.wrong(text == null ? "\0" : text, least, greatest)).isNull();
  }
}
