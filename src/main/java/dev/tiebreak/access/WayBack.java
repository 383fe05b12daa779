package dev.tiebreak.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** Leads to the log-in, and from there back to the page that somebody wanted; to no other site. */
final class WayBack implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

  /** The page of the log-in. */
  static final String LOG_IN = "/login";

  /** The parameter that tells what page somebody wanted. */
  static final String FROM = "from";

  private static final String START = "/";
  private static final Logger log = LoggerFactory.getLogger(WayBack.class);
  private static final Pattern CODE = Pattern.compile("[a-z_]{1,60}");

  /** A path of this service: browsers read two slashes, or a backslash, as another site. */
  private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[!-\\[\\]-~]{0,2000}");

  /** Where to go back to; the start where it is no path of ours. */
  static String of(@Nullable String from) {
    return from != null && PATH.matcher(from).matches() ? from : START;
  }

  /** Leads to the log-in. */
  static void toLogIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String query = request.getQueryString();
    String from = request.getRequestURI() + (query == null ? "" : "?" + query);
    response.sendRedirect(LOG_IN + "?from=" + encoded(from));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Remembers within a request where it shall lead. */
  static void want(HttpServletRequest request, String from) {
    request.setAttribute(FROM, of(from));
  }

  /** Where a request shall lead. */
  static String wanted(HttpServletRequest request) {
    return request.getAttribute(FROM) instanceof String from
        ? from
        : of(request.getParameter(FROM));
  }

  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication known)
      throws IOException {
    response.sendRedirect(wanted(request));
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    LogInFailure reason = LogInFailure.of(failure);
    if (reason == LogInFailure.ISSUER || reason == LogInFailure.UNAVAILABLE) {
      log.warn("log_in={} cause={}", reason.lowerCase(), cause(failure));
    }
    response.sendRedirect(
        LOG_IN + "?error=" + reason.lowerCase() + "&from=" + encoded(wanted(request)));
  }

  /** A word for the log: an answer's own may be made up. */
  private static String cause(AuthenticationException failure) {
    return failure instanceof OAuth2AuthenticationException known
            && CODE.matcher(known.getError().getErrorCode()).matches()
        ? known.getError().getErrorCode()
        : failure.getClass().getSimpleName();
  }
}
