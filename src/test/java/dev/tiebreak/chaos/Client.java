package dev.tiebreak.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A polite client of the service: what is refused with 503, or gets no answer, is sent again. Any
 * other answer than those of the contract is noted, as is one that takes too long.
 */
final class Client {

  /** No answer may take longer, whatever happens to the database. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Set<Integer> EXPECTED = Set.of(200, 201, 202, 204, 404, 409);
  private static final long PAUSE_MILLIS = 150;

  static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final String service;
  private final Traffic traffic;

  Client(int port, Traffic traffic) {
    this.service = "http://127.0.0.1:" + port;
    this.traffic = traffic;
  }

  /** An answer. */
  record Reply(int status, JsonNode body) {}

  /** A request that may be sent any number of times. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(service + path)).timeout(PATIENCE);
  }

  HttpRequest.Builder json(String path, String method, Object body) {
    return request(path)
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
  }

  /** Marks every sending of the request as the same one. */
  static HttpRequest.Builder keyed(HttpRequest.Builder request) {
    return request.header("Idempotency-Key", UUID.randomUUID().toString());
  }

  /** Sends it until it is answered, or until nobody wants the answer any more. */
  Optional<Reply> send(HttpRequest.Builder builder, BooleanSupplier wanted)
      throws InterruptedException {
    HttpRequest request = builder.build();
    while (true) {
      Optional<Reply> reply = once(request);
      if (reply.isPresent() || !wanted.getAsBoolean()) {
        return reply;
      }
      traffic.retried();
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private Optional<Reply> once(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      int status = response.statusCode();
      if (EXPECTED.contains(status)) {
        byte[] body = response.body();
        return Optional.of(
            new Reply(status, body.length == 0 ? JSON.nullNode() : JSON.readTree(body)));
      }
      if (status != 503 || response.headers().firstValue("Retry-After").isEmpty()) {
        traffic.odd(status + " " + request.method() + " " + request.uri().getPath());
      }
    } catch (HttpTimeoutException hung) {
      if (!(hung instanceof java.net.http.HttpConnectTimeoutException)) {
        traffic.odd("no answer within " + PATIENCE.toSeconds() + " s to " + request.method());
      }
    } catch (IOException cut) {
      // the replica died, or the balancer gave it up
      return Optional.empty();
    }
    return Optional.empty();
  }
}
