package dev.tiebreak.problem;

import java.util.List;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/** Says where a body stops being JSON, in our words: the parser's own quote the input. */
final class UnreadableBody {

  private UnreadableBody() {}

  static ProblemException problem(HttpMessageNotReadableException exception) {
    for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException problem) {
        return problem;
      }
      if (cause instanceof StreamConstraintsException tooMuch) {
        return malformed(
            "has too many values, or one that is too long or too deep" + place(tooMuch));
      }
      if (cause instanceof JacksonException malformed && malformed.getLocation() != null) {
        return malformed("is not valid JSON" + place(malformed));
      }
    }
    return new ProblemException(
        ProblemType.MALFORMED_BODY, "The body is missing or cannot be read");
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(
        ProblemType.MALFORMED_BODY, "The body " + detail, List.of(new FieldError("", detail)));
  }

  /** Where reading stopped; nothing where that is not known. */
  private static String place(JacksonException failure) {
    TokenStreamLocation location = failure.getLocation();
    return location == null
        ? ""
        : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }
}
