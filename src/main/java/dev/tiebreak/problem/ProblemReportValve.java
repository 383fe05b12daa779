package dev.tiebreak.problem;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/**
 * Requests that Tomcat refuses before any of our code sees them (a path that is no URI, say) get a
 * problem document as well. Tomcat makes the instance, by the class's name.
 */
public final class ProblemReportValve extends ErrorReportValve {

  private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);
  private static final String REQUEST_ID = "X-Request-Id";

  /** Expectations, codings, methods and versions that are unknown here: the request's fault. */
  private static final Set<Integer> NOT_OUR_HTTP = Set.of(417, 501, 505);

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    if (NOT_OUR_HTTP.contains(status)) {
      status = 400;
      response.setStatus(status);
    }
    ProblemType type = ProblemType.of(HttpStatusCode.valueOf(status));
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding("UTF-8");
    if (response.getHeader(REQUEST_ID) == null) {
      response.setHeader(REQUEST_ID, UUID.randomUUID().toString());
    }
    try (Writer body = response.getReporter()) {
      if (body != null) {
        body.write(
            "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(type.uri(), type.title(), status, type.title()));
      }
    } catch (IOException clientGone) {
      log.debug("problem=unsent cause={}", clientGone.toString());
    }
  }
}
