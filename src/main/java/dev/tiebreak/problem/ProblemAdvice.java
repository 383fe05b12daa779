package dev.tiebreak.problem;

import dev.tiebreak.database.LostConnection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns what went wrong into problem documents, without a word of what is inside. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String RETRY_SECONDS = "2";
  private static final Set<ProblemType> TRY_AGAIN =
      Set.of(ProblemType.UNAVAILABLE, ProblemType.REQUEST_IN_FLIGHT);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(ProblemException problem, HttpServletRequest request) {
    HttpHeaders headers = TRY_AGAIN.contains(problem.type()) ? retryAfter() : HttpHeaders.EMPTY;
    return answer(problem.type(), problem.detail(), problem.errors(), request, headers);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unreadable(
      HttpMessageNotReadableException exception, HttpServletRequest request) {
    return refused(UnreadableBody.problem(exception), request);
  }

  /** Parameters are decoded when the first is read. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> undecodable(
      InvalidParameterException exception, HttpServletRequest request) {
    return refused(
        new ProblemException(ProblemType.MALFORMED_REQUEST, "The query cannot be read"), request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> missing(
      MissingServletRequestParameterException exception, HttpServletRequest request) {
    return refused(ProblemException.invalid(exception.getParameterName(), "is required"), request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> mismatch(
      TypeMismatchException exception, HttpServletRequest request) {
    String name = exception.getPropertyName();
    return refused(
        ProblemException.invalid(name == null ? "" : name, "has a value of the wrong type"),
        request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unbindable(BindException exception, HttpServletRequest request) {
    List<FieldError> errors =
        exception.getFieldErrors().stream()
            .map(error -> new FieldError(error.getField(), "has a value of the wrong type"))
            .toList();
    return refused(ProblemException.invalid(errors), request);
  }

  /** The body's type was looked at before: it is Accept that names no type. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> unacceptable(
      InvalidMimeTypeException exception, HttpServletRequest request) {
    ProblemType type = ProblemType.NOT_ACCEPTABLE;
    return refused(new ProblemException(type, type.title()), request);
  }

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    TransientDataAccessException.class,
    ConcurrencyFailureException.class,
    QueryTimeoutException.class,
    TransactionException.class
  })
  ResponseEntity<ProblemDetail> unavailable(Exception exception, HttpServletRequest request) {
    log.warn(
        "database=unavailable path={} cause={}", request.getRequestURI(), exception.toString());
    return refused(
        new ProblemException(ProblemType.UNAVAILABLE, "The database does not answer at the moment"),
        request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> conflict(
      DataIntegrityViolationException exception, HttpServletRequest request) {
    log.warn("conflict path={} cause={}", request.getRequestURI(), exception.toString());
    return answer(
        ProblemType.CHANGED_MEANWHILE,
        "What the request names was changed or removed meanwhile",
        List.of(),
        request,
        HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<ProblemDetail> other(Exception exception, HttpServletRequest request) {
    if (DisconnectedClientHelper.isClientDisconnectedException(exception)) {
      // nobody is left to answer
      return null;
    }
    if (exception instanceof ErrorResponse error) {
      HttpStatusCode status = error.getStatusCode();
      ProblemType type = ProblemType.of(status);
      return answer(type, type.title(), List.of(), request, error.getHeaders());
    }
    if (LostConnection.isPassing(exception)) {
      return unavailable(exception, request);
    }
    log.error("unexpected path={}", request.getRequestURI(), exception);
    return answer(
        ProblemType.INTERNAL_ERROR,
        ProblemType.INTERNAL_ERROR.title(),
        List.of(),
        request,
        HttpHeaders.EMPTY);
  }

  private static HttpHeaders retryAfter() {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    return headers;
  }

  /** The media type is set here, so that not even an Accept header that excludes it changes it. */
  private static ResponseEntity<ProblemDetail> answer(
      ProblemType type,
      String detail,
      List<FieldError> errors,
      HttpServletRequest request,
      HttpHeaders headers) {
    return ResponseEntity.status(type.status())
        .headers(headers)
        .contentType(ProblemForm.of(request))
        .body(Problems.document(type, detail, errors, request.getRequestURI()));
  }
}
