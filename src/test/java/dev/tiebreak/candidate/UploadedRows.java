package dev.tiebreak.candidate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiebreak.problem.FieldError;
import dev.tiebreak.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;

/** Reads bodies as uploads do, without storing them. */
final class UploadedRows {

  private UploadedRows() {}

  static List<UploadedRow> lines(int dimension, String body) {
    return read(new NdjsonCodec(), dimension, body);
  }

  static List<UploadedRow> array(int dimension, String rows) {
    return read(new JsonCodec(), dimension, "{\"responses\":[" + rows + "]}");
  }

  private static List<UploadedRow> read(EmbeddingCodec codec, int dimension, String body) {
    List<UploadedRow> rows = new ArrayList<>();
    long received =
        codec.read(
            new ByteArrayInputStream(body.getBytes(UTF_8)), new RowIntake(dimension, rows::add));
    Assertions.assertThat(received).isEqualTo(rows.size());
    return rows;
  }

  /** What is wrong with a body of lines. */
  static List<FieldError> errors(int dimension, String body) {
    return refused(dimension, body).errors();
  }

  static ProblemException refused(int dimension, String body) {
    return Assertions.catchThrowableOfType(ProblemException.class, () -> lines(dimension, body));
  }
}
