package dev.tiebreak.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request is refused, and has changed nothing. The message is shown to the client. */
public final class ProblemException extends RuntimeException {

  /** At most this many errors are told. */
  public static final int MAXIMUM_ERRORS = 100;

  private static final long serialVersionUID = 1;

  private final ProblemType type;
  private final transient List<FieldError> errors;

  /** A problem with no field to name. */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  /** A problem with the fields that it is about. */
  public ProblemException(ProblemType type, String detail, List<FieldError> errors) {
    super(detail);
    this.type = type;
    this.errors = errors.stream().limit(MAXIMUM_ERRORS).toList();
  }

  /** One field is wrong. */
  public static ProblemException invalid(String pointer, String detail) {
    return invalid(List.of(new FieldError(pointer, detail)));
  }

  /** Some fields are wrong. */
  public static ProblemException invalid(List<FieldError> errors) {
    FieldError first = errors.getFirst();
    String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
    return new ProblemException(
        ProblemType.INVALID_INPUT,
        (first.pointer().isEmpty() ? "The body" : first.pointer() + ":")
            + " "
            + first.detail()
            + more,
        errors);
  }

  /** The project of the request was there when it began, and is no longer. */
  public static ProblemException projectRemoved() {
    return new ProblemException(ProblemType.PROJECT_NOT_FOUND, "The project has been removed");
  }

  /** What kind of problem it is. */
  public ProblemType type() {
    return type;
  }

  /** The fields that are wrong, at most {@link #MAXIMUM_ERRORS}. */
  public List<FieldError> errors() {
    return errors;
  }

  /** The words for the client. */
  public String detail() {
    @Nullable String message = getMessage();
    return message == null ? type.title() : message;
  }
}
