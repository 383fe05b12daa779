package dev.tiebreak.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Errors that arose outside of any controller. */
@RestController
class ProblemErrorController implements ErrorController {

  @RequestMapping("${spring.web.error.path:/error}")
  ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
    if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof IOException) {
      // so Tomcat notes that a body could not be read to its end
      return answer(
          ProblemType.MALFORMED_BODY, "The body ended before all of it had arrived", request);
    }
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    ProblemType type =
        status instanceof Integer code
            ? ProblemType.of(HttpStatusCode.valueOf(code))
            : ProblemType.PATH_NOT_FOUND;
    return answer(type, type.title(), request);
  }

  private static ResponseEntity<ProblemDetail> answer(
      ProblemType type, String detail, HttpServletRequest request) {
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return ResponseEntity.status(type.status())
        .contentType(ProblemForm.of(request))
        .body(Problems.document(type, detail, List.of(), path instanceof String p ? p : null));
  }
}
