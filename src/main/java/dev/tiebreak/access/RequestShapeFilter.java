package dev.tiebreak.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Turns away what would else be read in a way that its sender hardly meant: parameters in a path, a
 * query that says one thing twice, bodies that are encoded or not in UTF-8.
 */
@Component
@Order(-1)
class RequestShapeFilter extends OncePerRequestFilter {

  private final HandlerExceptionResolver problems;

  RequestShapeFilter(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ProblemException problem = problem(request);
    if (problem == null) {
      chain.doFilter(request, response);
    } else {
      problems.resolveException(request, response, null, problem);
    }
  }

  private static @Nullable ProblemException problem(HttpServletRequest request) {
    if (request.getRequestURI().contains(";")) {
      return new ProblemException(
          ProblemType.MALFORMED_REQUEST, "The path has a \";\", which no path here has");
    }
    String repeated = repeated(request.getQueryString());
    if (repeated != null) {
      return new ProblemException(
          ProblemType.MALFORMED_REQUEST, "The query has a parameter twice: " + repeated);
    }
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must come without Content-Encoding");
    }
    return isUtf8(request.getContentType())
        ? null
        : new ProblemException(
            ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must be in UTF-8, of one media type");
  }

  private static @Nullable String repeated(@Nullable String query) {
    Set<String> names = new HashSet<>();
    for (String parameter : query == null ? new String[0] : query.split("&")) {
      String name = decoded(parameter.split("=", 2)[0]);
      if (!name.isEmpty() && !names.add(name)) {
        return name.substring(0, Math.min(name.length(), 50));
      }
    }
    return null;
  }

  /** What cannot be decoded is refused when the query is read. */
  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, UTF_8);
    } catch (IllegalArgumentException undecodable) {
      return name;
    }
  }

  /** No type is for each operation to judge. */
  private static boolean isUtf8(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    try {
      MediaType type = MediaType.parseMediaType(contentType);
      return type.isConcrete() && (type.getCharset() == null || type.getCharset().equals(UTF_8));
    } catch (InvalidMediaTypeException unreadable) {
      return false;
    }
  }
}
