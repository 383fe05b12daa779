package dev.tiebreak.simulation;

import dev.tiebreak.simulation.Contract.Ratios;
import dev.tiebreak.simulation.Contract.Replay;
import dev.tiebreak.simulation.Contract.Rows;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The calls of the contract that the replay command makes beside those of the simulation. */
final class ReplayClient {

  private final Transport transport;
  private final String project;

  /** Calls about the replays of a project. */
  ReplayClient(Transport transport, String project) {
    this.transport = transport;
    this.project = project;
  }

  private String path(long number) {
    return "/projects/" + project + "/replays/" + number;
  }

  /** Asks for one; gives its number. Sent again, as its answer was lost, it makes no other. */
  long request(Map<String, Object> settings) throws InterruptedException {
    return transport
        .send(
            transport
                .request("/projects/" + project + "/replays")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofByteArray(transport.write(settings)))
                .build(),
            Replay.class)
        .number();
  }

  byte[] write(Object message) {
    return transport.write(message);
  }

  Replay get(long number) throws InterruptedException {
    return transport.send(transport.request(path(number)).build(), Replay.class);
  }

  /** Cancels it; it keeps what it has. */
  void cancel(long number) throws InterruptedException {
    transport.exchange(transport.request(path(number)).DELETE().build());
  }

  /** A result, in a media type. */
  byte[] result(long number, String rest, String mediaType) throws InterruptedException {
    return transport
        .exchange(
            transport
                .request(path(number) + rest)
                .setHeader("Accept", mediaType + ", application/problem+json;q=0.5")
                .build())
        .body();
  }

  Ratios ratios(long number) throws InterruptedException {
    return transport.as(rows(number, "ratios?limit=1000"), Ratios.class);
  }

  /**
   * All rows of a table, page by page.
   *
   * @param table its name and a query
   */
  Rows rows(long number, String table) throws InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      String more = cursor == null ? "" : "&cursor=" + cursor;
      Rows page =
          transport.send(transport.request(path(number) + "/" + table + more).build(), Rows.class);
      items.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor != null);
    return new Rows(items, null);
  }
}
