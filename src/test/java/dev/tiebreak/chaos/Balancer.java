package dev.tiebreak.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A load balancer as in front of any service: asks each replica's {@code /readyz} and gives new
 * connections in turn to those that are ready. One that is not loses its connections.
 */
final class Balancer implements Closeable {

  private static final Duration INTERVAL = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Map<Integer, Boolean> ready = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final Relay relay = new Relay(this::next);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private volatile boolean closed;

  Balancer() throws IOException {
    // the relay listens
  }

  /** Serves this port too. */
  void add(int port) {
    ready.put(port, false);
    Thread.ofVirtual().name("readiness-" + port).start(() -> watch(port));
  }

  int port() {
    return relay.port();
  }

  /** Replicas that are ready now. */
  int readyReplicas() {
    return (int) ready.values().stream().filter(now -> now).count();
  }

  private int next() {
    List<Integer> candidates = new ArrayList<>();
    ready.forEach((port, now) -> {
      if (now) {
        candidates.add(port);
      }
    });
    return candidates.isEmpty()
        ? -1
        : candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size()));
  }

  private void watch(int port) {
    try {
      while (!closed) {
        boolean now = isReady(port);
        boolean before = Boolean.TRUE.equals(ready.put(port, now));
        if (before && !now) {
          relay.reset(port);
        }
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isReady(int port) throws InterruptedException {
    URI probe = URI.create("http://127.0.0.1:" + port + "/readyz");
    try {
      return client
              .send(
                  HttpRequest.newBuilder(probe).timeout(PATIENCE).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException unreachable) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    relay.close();
    client.shutdownNow();
  }
}
