package dev.tiebreak.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** The kinds of problem, each documented in {@code docs/problems.md} under its slug. */
public enum ProblemType {
  MALFORMED_BODY(HttpStatus.BAD_REQUEST, "The body cannot be read"),
  UNKNOWN_FIELD(HttpStatus.BAD_REQUEST, "The body has a field that is not known"),
  MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read"),
  UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "Show who you are"),
  FORBIDDEN(HttpStatus.FORBIDDEN, "This is not allowed"),
  ANOTHER_ANNOTATOR(HttpStatus.FORBIDDEN, "The lease is another annotator's"),
  PATH_NOT_FOUND(HttpStatus.NOT_FOUND, "Nothing is at this path"),
  PROJECT_NOT_FOUND(HttpStatus.NOT_FOUND, "No such project"),
  RESPONSE_NOT_FOUND(HttpStatus.NOT_FOUND, "No such response"),
  LEASE_NOT_FOUND(HttpStatus.NOT_FOUND, "No such lease"),
  REFIT_NOT_FOUND(HttpStatus.NOT_FOUND, "No such refit"),
  BATCH_NOT_FOUND(HttpStatus.NOT_FOUND, "No such batch"),
  REPLAY_NOT_FOUND(HttpStatus.NOT_FOUND, "No such replay"),
  MODEL_NOT_FOUND(HttpStatus.NOT_FOUND, "No model yet"),
  KEY_NOT_FOUND(HttpStatus.NOT_FOUND, "No such key"),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This method is not allowed here"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "None of the accepted media types can be given"),
  DIMENSION_CONFLICT(HttpStatus.CONFLICT, "Embeddings of another dimension are stored"),
  LEASE_ENDED(HttpStatus.CONFLICT, "The lease has ended"),
  VERDICT_FITTED(HttpStatus.CONFLICT, "A fit has used the verdict"),
  NOTHING_TO_REPLAY(HttpStatus.CONFLICT, "The project has nothing to replay"),
  TOO_MANY_REPLAYS(HttpStatus.CONFLICT, "Too many replays of the project have not ended"),
  REQUEST_IN_FLIGHT(HttpStatus.CONFLICT, "The same request is being answered"),
  ANSWER_NOT_KEPT(HttpStatus.CONFLICT, "The first answer is not given again"),
  CHANGED_MEANWHILE(HttpStatus.CONFLICT, "What the request names has changed meanwhile"),
  BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(
      HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body's media type is not supported"),
  INVALID_INPUT(HttpStatus.UNPROCESSABLE_CONTENT, "The input is readable but wrong"),
  TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
  INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "An error of the service"),
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Not available at the moment");

  private final HttpStatus status;
  private final String title;

  ProblemType(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The kind that says no more than a status does. */
  static ProblemType of(HttpStatusCode status) {
    return switch (status.value()) {
      case 401 -> UNAUTHORIZED;
      case 403 -> FORBIDDEN;
      case 404 -> PATH_NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 413 -> BODY_TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 422 -> INVALID_INPUT;
      case 429 -> TOO_MANY_REQUESTS;
      case 503 -> UNAVAILABLE;
      default -> status.is4xxClientError() ? MALFORMED_REQUEST : INTERNAL_ERROR;
    };
  }

  /** The status of answers with this problem. */
  public HttpStatus status() {
    return status;
  }

  /** The same words in every answer with this problem. */
  public String title() {
    return title;
  }

  /** The stable identifier, relative to the service. */
  public URI uri() {
    return URI.create("/problems/" + slug());
  }

  /** The name in the contract's manner. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
