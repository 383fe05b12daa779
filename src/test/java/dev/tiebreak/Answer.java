package dev.tiebreak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service answered. */
public record Answer(String request, int status, HttpHeaders headers, byte[] body) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The body as text. */
  public String text() {
    return new String(body, UTF_8);
  }

  /** The body as JSON. */
  public JsonNode json() {
    return JSON.readTree(body);
  }

  /** The body as JSON lines. */
  public List<JsonNode> lines() {
    return text().lines().map(JSON::readTree).toList();
  }

  /** A header's first value. */
  public @Nullable String header(String name) {
    return headers.firstValue(name).orElse(null);
  }

  /** The kind of problem, without its path: {@code project-not-found}. */
  public String problem() {
    return json().path("type").asString("").replaceFirst("^/problems/", "");
  }

  /** The pointers of the errors that a problem names. */
  public List<String> pointers() {
    return json().path("errors").valueStream().map(e -> e.path("pointer").asString("")).toList();
  }

  /** This answer, which must have this status. */
  public Answer expect(int expected) {
    if (status != expected) {
      throw new AssertionError(
          request + " was answered with " + status + " instead of " + expected + ": " + text());
    }
    return this;
  }

  /** This answer, which must be this problem. */
  public Answer expect(int expected, String problem) {
    if (!expect(expected).problem().equals(problem)) {
      throw new AssertionError(
          request + " was answered with " + problem() + " instead of " + problem + ": " + text());
    }
    return this;
  }
}
