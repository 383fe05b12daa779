package dev.tiebreak.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tiebreak.problem.FieldError;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads bodies and notes their rows. */
final class ReadRows {

  static final RowLimits LIMITS = new RowLimits(5000, 500);

  final JsonRows rows = new JsonRows(LIMITS);
  final List<String> seen = new ArrayList<>();

  long lines(InputStream body) {
    return rows.readLines(body, row -> seen.add(row.pointer() + row.tree()));
  }

  long lines(String body) {
    return lines(stream(body));
  }

  long array(String body) {
    return array(stream(body));
  }

  long array(InputStream body) {
    return rows.readArray(body, "rows", row -> seen.add(row.pointer() + row.tree()));
  }

  static InputStream stream(String body) {
    return new ByteArrayInputStream(body.getBytes(UTF_8));
  }

  static ProblemException refused(Runnable reading) {
    return catchThrowableOfType(ProblemException.class, reading::run);
  }

  static void assertRefused(
      ProblemException problem, ProblemType type, String pointer, String detail) {
    assertThat(problem).isNotNull();
    assertThat(problem.type()).isEqualTo(type);
    assertThat(problem.errors()).contains(new FieldError(pointer, detail));
  }
}
