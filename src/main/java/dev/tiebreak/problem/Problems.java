package dev.tiebreak.problem;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/** Problem documents (RFC 9457). */
final class Problems {

  private Problems() {}

  static ProblemDetail document(
      ProblemType type, String detail, List<FieldError> errors, @Nullable String path) {
    ProblemDetail document = ProblemDetail.forStatusAndDetail(type.status(), detail);
    document.setType(type.uri());
    document.setTitle(type.title());
    document.setInstance(instance(path));
    if (!errors.isEmpty()) {
      document.setProperty("errors", errors);
    }
    return document;
  }

  private static @Nullable URI instance(@Nullable String path) {
    try {
      return path == null ? null : new URI(path);
    } catch (URISyntaxException notAUri) {
      return null;
    }
  }
}
