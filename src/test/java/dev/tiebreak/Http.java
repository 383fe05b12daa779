package dev.tiebreak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to the running service over HTTP. Each answer, and each request that was accepted, must be
 * as {@code openapi/openapi.yaml} says; a path or method that it lacks must be answered with 404 or
 * 405.
 *
 * <p>Headers are given as names and values in turn. Bodies of JSON may be text, which is sent as it
 * is, or anything that Jackson writes. Safe for concurrent use.
 */
@Lazy // the port is known once the service listens
public final class Http {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String JSON = "application/json";

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final JsonMapper json = new JsonMapper();
  private final URI service;
  private final List<String> standing;

  /** Talks to the service on this port of loopback. */
  @Autowired
  public Http(@Value("${local.server.port}") int port) {
    this(URI.create("http://127.0.0.1:" + port), List.of());
  }

  private Http(URI service, List<String> standing) {
    this.service = service;
    this.standing = standing;
  }

  /** The same, with a key in every request. */
  public Http with(String key) {
    return new Http(service, List.of("Authorization", "Bearer " + key));
  }

  /** Where the service is. */
  public URI service() {
    return service;
  }

  /** Reads. */
  public Answer get(String path, String... headers) {
    return send("GET", path, Body.NONE, headers);
  }

  /** Reads what is no part of the contract, such as a page's script; gives the status. */
  public int fetch(String path) {
    return answer(HttpRequest.newBuilder(URI.create(service + path)).timeout(PATIENCE).build())
        .status();
  }

  /** Reads a page as a browser does: pages are no part of the contract. */
  public Answer page(String path) {
    return answer(
        HttpRequest.newBuilder(URI.create(service + path))
            .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
            .timeout(PATIENCE)
            .build());
  }

  /** Removes. */
  public Answer delete(String path, String... headers) {
    return send("DELETE", path, Body.NONE, headers);
  }

  /** Puts JSON. */
  public Answer put(String path, Object body, String... headers) {
    return send("PUT", path, json(body), headers);
  }

  /** Posts no body. */
  public Answer post(String path) {
    return send("POST", path, Body.NONE);
  }

  /** Posts JSON. */
  public Answer postJson(String path, Object body, String... headers) {
    return send("POST", path, json(body), headers);
  }

  /** Posts text. */
  public Answer post(String path, String contentType, String body, String... headers) {
    return post(path, contentType, body.getBytes(UTF_8), headers);
  }

  /** Posts bytes. */
  public Answer post(String path, String contentType, byte[] body, String... headers) {
    return send("POST", path, Body.of(contentType, body), headers);
  }

  /** Posts what is read while it is sent; the request itself is not checked. */
  public Answer post(
      String path, String contentType, Supplier<InputStream> body, String... headers) {
    return send(
        "POST", path, new Body(contentType, null, BodyPublishers.ofInputStream(body)), headers);
  }

  /** Sends text with any method. */
  public Answer send(
      String method, String path, String contentType, String body, String... headers) {
    return send(method, path, Body.of(contentType, body.getBytes(UTF_8)), headers);
  }

  private Body json(Object body) {
    return Body.of(
        JSON, body instanceof String text ? text.getBytes(UTF_8) : json.writeValueAsBytes(body));
  }

  /**
   * A body.
   *
   * @param bytes what to check; null: nothing
   * @param publisher what to send
   */
  private record Body(String contentType, byte @Nullable [] bytes, BodyPublisher publisher) {

    static final Body NONE = new Body("", new byte[0], BodyPublishers.noBody());

    static Body of(String contentType, byte[] bytes) {
      return new Body(contentType, bytes, BodyPublishers.ofByteArray(bytes));
    }
  }

  private Answer send(String method, String path, Body body, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(service + path))
            .timeout(PATIENCE)
            .method(method, body.publisher);
    if (!body.contentType.isEmpty()) {
      builder.header("Content-Type", body.contentType);
    }
    Stream.of(standing, List.of(headers))
        .filter(some -> !some.isEmpty())
        .forEach(some -> builder.headers(some.toArray(String[]::new)));
    HttpRequest request = builder.build();
    Answer answer = answer(request);
    WrittenContract.check(request, body.bytes, answer);
    return answer;
  }

  private Answer answer(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      return new Answer(
          request.method() + " " + request.uri().getRawPath(),
          response.statusCode(),
          response.headers(),
          response.body());
    } catch (IOException exception) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), exception);
    } catch (InterruptedException exception) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(exception);
    }
  }
}
