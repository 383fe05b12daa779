package dev.tiebreak.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The form in which a problem is told: as a page, which the {@code page} room writes, to a browser
 * that asks for one; else as JSON.
 */
public final class ProblemForm {

  private ProblemForm() {}

  static MediaType of(HttpServletRequest request) {
    return isPage(request) ? MediaType.TEXT_HTML : MediaType.APPLICATION_PROBLEM_JSON;
  }

  /** Whether somebody looks at a page, rather than a program at data. */
  public static boolean isPage(HttpServletRequest request) {
    return prefersHtml(request.getHeader(HttpHeaders.ACCEPT));
  }

  /** Only where HTML is wanted more than JSON: whoever takes both alike is no browser. */
  static boolean prefersHtml(@Nullable String accept) {
    if (accept == null) {
      return false;
    }
    try {
      List<MediaType> ranges = MediaType.parseMediaTypes(accept);
      return quality(ranges, MediaType.TEXT_HTML) > quality(ranges, MediaType.APPLICATION_JSON);
    } catch (InvalidMediaTypeException unreadable) {
      return false;
    }
  }

  /** That of the most specific range that has the type in it (RFC 9110, 12.5.1). */
  private static double quality(List<MediaType> ranges, MediaType type) {
    return ranges.stream()
        .filter(range -> range.includes(type))
        .reduce((one, other) -> one.isMoreSpecific(other) ? one : other)
        .map(MediaType::getQualityValue)
        .orElse(0.0);
  }
}
