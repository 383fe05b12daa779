package dev.tiebreak.simulation;

import dev.tiebreak.simulation.Contract.Problem;
import dev.tiebreak.simulation.Contract.ProblemError;
import java.net.http.HttpRequest;

/** The service refused a request; the message shows its problem (RFC 9457) as it stands. */
final class ServiceException extends SimulationException {

  private static final long serialVersionUID = 1L;

  private final int status;

  private ServiceException(int status, String message) {
    super(message);
    this.status = status;
  }

  static ServiceException of(HttpRequest request, int status, Problem problem) {
    StringBuilder message = new StringBuilder();
    message.append(
        "%s %s: %d %s"
            .formatted(
                request.method(),
                request.uri(),
                status,
                problem.title() == null ? "" : problem.title()));
    if (problem.detail() != null) {
      message.append("\n  ").append(problem.detail());
    }
    if (problem.errors() != null) {
      for (ProblemError error : problem.errors()) {
        message.append("\n  %s: %s".formatted(error.pointer(), error.detail()));
      }
    }
    return new ServiceException(status, message.toString());
  }

  int status() {
    return status;
  }
}
