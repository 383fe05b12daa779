package dev.tiebreak.simulation;

import dev.tiebreak.simulation.Contract.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that survive a service that is busy, restarting or gone for a while: 429, 502, 503, 504
 * and a broken connection are tried again, after {@code Retry-After} where it is given, else after
 * 0.1 s doubling to 3 s with jitter, until the patience is over. Every call that is made here may
 * be sent twice.
 */
final class Transport implements AutoCloseable {

  private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration NOTICEABLE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  private final HttpClient client;
  private final JsonMapper mapper =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private final URI base;
  private final Duration patience;
  private final Consumer<String> notices;
  private final @Nullable String key;
  private final AtomicBoolean outage;

  /**
   * Talks to one service.
   *
   * @param patience how long a call is tried again before it fails
   * @param notices takes a sentence when the service has not answered for a moment, and one when it
   *     is back
   * @param key the API key to show; null: none
   */
  Transport(URI base, Duration patience, Consumer<String> notices, @Nullable String key) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    this.base = base;
    this.patience = patience;
    this.notices = notices;
    this.key = key;
    this.outage = new AtomicBoolean();
  }

  private Transport(Transport shared, String key) {
    this.client = shared.client;
    this.base = shared.base;
    this.patience = shared.patience;
    this.notices = shared.notices;
    this.key = key;
    this.outage = shared.outage;
  }

  /** The same with another key, as long as this one is open. */
  Transport with(String otherKey) {
    return new Transport(this, otherKey);
  }

  /** Whether it shows a key. */
  boolean hasKey() {
    return key != null;
  }

  HttpRequest.Builder request(String path) {
    String root = base.toString();
    String start = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(start + path))
            .timeout(Duration.ofSeconds(90))
            .header("Accept", "application/json, application/problem+json");
    return key == null ? request : request.header("Authorization", "Bearer " + key);
  }

  byte[] write(Object value) {
    return mapper.writeValueAsBytes(value);
  }

  /** The same as another type of message. */
  <T> T as(Object message, Class<T> type) {
    return mapper.convertValue(message, type);
  }

  /** The answer's body as an object. Throws ServiceException for anything but success. */
  <T> T send(HttpRequest request, Class<T> type) throws InterruptedException {
    return read(exchange(request), type);
  }

  <T> T read(HttpResponse<byte[]> response, Class<T> type) {
    try {
      return mapper.readValue(response.body(), type);
    } catch (JacksonException e) {
      throw new SimulationException(
          "%s answered what the contract doesn't say: %s"
              .formatted(response.uri(), e.getOriginalMessage()),
          e);
    }
  }

  /** A successful answer. Throws ServiceException for any other. */
  HttpResponse<byte[]> exchange(HttpRequest request) throws InterruptedException {
    HttpResponse<byte[]> response = persist(request);
    if (response.statusCode() / 100 != 2) {
      throw ServiceException.of(request, response.statusCode(), problem(response));
    }
    return response;
  }

  private HttpResponse<byte[]> persist(HttpRequest request) throws InterruptedException {
    long start = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    while (true) {
      String trouble;
      Duration wish = pause;
      try {
        HttpResponse<byte[]> response =
            client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (!BUSY.contains(response.statusCode())) {
          recovered();
          return response;
        }
        trouble = "answers " + response.statusCode();
        wish = retryAfter(response.headers(), pause);
      } catch (IOException e) {
        trouble = "doesn't answer (" + reason(e) + ")";
      }
      Duration spent = Duration.ofNanos(System.nanoTime() - start);
      if (spent.plus(wish).compareTo(patience) > 0) {
        throw new SimulationException(
            "The service at %s %s; gave up after %d s".formatted(base, trouble, spent.toSeconds()));
      }
      if (spent.plus(wish).compareTo(NOTICEABLE) > 0) {
        troubled(trouble);
      }
      Thread.sleep(wish.multipliedBy(ThreadLocalRandom.current().nextInt(75, 126)).dividedBy(100));
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private void troubled(String trouble) {
    if (outage.compareAndSet(false, true)) {
      notices.accept(
          "The service at %s %s; trying again for up to %d s"
              .formatted(base, trouble, patience.toSeconds()));
    }
  }

  private void recovered() {
    if (outage.compareAndSet(true, false)) {
      notices.accept("The service answers again");
    }
  }

  /** The seconds of {@code Retry-After}, else the given pause. */
  static Duration retryAfter(HttpHeaders headers, Duration otherwise) {
    return headers
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .orElse(otherwise);
  }

  private static String reason(IOException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private Problem problem(HttpResponse<byte[]> response) {
    try {
      return mapper.readValue(response.body(), Problem.class);
    } catch (JacksonException e) {
      String text = new String(response.body(), StandardCharsets.UTF_8).strip();
      return new Problem(null, text.substring(0, Math.min(text.length(), 300)), null);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
