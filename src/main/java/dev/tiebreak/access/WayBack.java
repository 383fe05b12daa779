package dev.tiebreak.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** Leads to the log-in, and from there back to the page that somebody wanted; to no other site. */
final class WayBack implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

  private static final String FROM = "from";
  private static final String START = "/";

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
    response.sendRedirect("/login?from=" + encoded(from));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication known)
      throws IOException {
    response.sendRedirect(of(request.getParameter(FROM)));
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    response.sendRedirect("/login?error&from=" + encoded(of(request.getParameter(FROM))));
  }
}
