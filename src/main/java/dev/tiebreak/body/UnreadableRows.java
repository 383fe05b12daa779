package dev.tiebreak.body;

import dev.tiebreak.problem.FieldError;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DatabindException;

/**
 * Says where an upload stops being rows of JSON, in our words: the parser's own quote the input.
 */
final class UnreadableRows {

  private UnreadableRows() {}

  static ProblemException cutOff() {
    return new ProblemException(
        ProblemType.MALFORMED_BODY, "The body ended before all of it had arrived");
  }

  static ProblemException malformedLine(JacksonException cause, String pointer, long line) {
    return at(pointer, wrong(cause), line, cause.getLocation());
  }

  static ProblemException malformed(JacksonException cause, String pointer) {
    if (cause instanceof JacksonIOException) {
      return cutOff();
    }
    TokenStreamLocation location = cause.getLocation();
    return at(pointer, wrong(cause), location == null ? 1 : location.getLineNr(), location);
  }

  private static ProblemException at(
      String pointer, String wrong, long line, @Nullable TokenStreamLocation location) {
    int column = location == null ? 1 : location.getColumnNr();
    return malformed(pointer, wrong + " at line %d, column %d".formatted(line, column));
  }

  /** Trees are only refused for a field that comes twice, which parsers let pass. */
  private static String wrong(JacksonException cause) {
    return cause instanceof DatabindException ? "has a field twice" : "is not valid JSON";
  }

  static ProblemException moreThanOneInLine(String pointer, long line) {
    return malformed(pointer, "has more than one value in line " + line);
  }

  static ProblemException trailing() {
    return malformed("", "goes on after its end");
  }

  static ProblemException twice(String pointer, String words) {
    return malformed(pointer, "has a field twice (" + words + ")");
  }

  static ProblemException notAnArrayOfRows(String field) {
    return malformed("", "is not an object with the field \"" + field + "\"");
  }

  private static ProblemException malformed(String pointer, String detail) {
    return new ProblemException(
        ProblemType.MALFORMED_BODY, "The body " + detail, List.of(new FieldError(pointer, detail)));
  }

  static ProblemException unknown(String name, String field) {
    String pointer = "/" + JsonObject.escape(name);
    return new ProblemException(
        ProblemType.UNKNOWN_FIELD,
        "Unknown field " + pointer,
        List.of(new FieldError(pointer, "is not a known field; the rows belong in /" + field)));
  }
}
