package dev.tiebreak.access;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemForm;
import dev.tiebreak.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Says no: as a problem, or to a browser that wants a page by the way to the log-in. */
final class AccessProblems
    implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

  private final HandlerExceptionResolver problems;

  AccessProblems(HandlerExceptionResolver problems) {
    this.problems = problems;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
      throws IOException {
    if (reason instanceof TooManyFailures tooMany) {
      tellTooMany(request, response, tooMany.seconds(), "Too many wrong keys or tokens");
      return;
    }
    if (wantsPage(request) && request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
      WayBack.toLogIn(request, response);
      return;
    }
    boolean invalid = reason instanceof OAuth2AuthenticationException;
    response.setHeader(
        HttpHeaders.WWW_AUTHENTICATE,
        "Bearer realm=\"tiebreak\"" + (invalid ? ", error=\"invalid_token\"" : ""));
    tell(
        request,
        response,
        ProblemType.UNAUTHORIZED,
        invalid
            ? "The key or token is unknown, wrong, expired or revoked"
            : "Send a key or token: Authorization: Bearer …");
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason) {
    if (reason instanceof AuthorizationDeniedException denied
        && denied.getAuthorizationResult() instanceof AccessDecision.Denial denial) {
      if (!denial.methods().isEmpty()) {
        response.setHeader(HttpHeaders.ALLOW, String.join(", ", denial.methods()));
      }
      tell(request, response, denial.type(), denial.detail());
      return;
    }
    tell(
        request,
        response,
        ProblemType.FORBIDDEN,
        reason instanceof CsrfException
            ? "A request of a page must carry the page's token: the cookie XSRF-TOKEN as"
                + " X-XSRF-TOKEN"
            : ProblemType.FORBIDDEN.title());
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, RequestRejectedException reason) {
    tell(request, response, ProblemType.MALFORMED_REQUEST, "The request cannot be read");
  }

  /** Answers that it is too much, and when to go on. */
  void tellTooMany(
      HttpServletRequest request, HttpServletResponse response, long seconds, String detail) {
    response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    tell(request, response, ProblemType.TOO_MANY_REQUESTS, detail);
  }

  /** Answers with a problem. */
  void tell(
      HttpServletRequest request, HttpServletResponse response, ProblemType type, String detail) {
    tell(request, response, new ProblemException(type, detail));
  }

  /** Answers with what an exception is told as. */
  void tell(HttpServletRequest request, HttpServletResponse response, Exception exception) {
    problems.resolveException(request, response, null, exception);
  }

  /** Whether somebody asks for a page. */
  static boolean wantsPage(HttpServletRequest request) {
    return request.getMethod().equals("GET") && ProblemForm.isPage(request);
  }
}
