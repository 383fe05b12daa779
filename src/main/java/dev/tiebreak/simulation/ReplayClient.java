package dev.tiebreak.simulation;

import dev.tiebreak.simulation.Contract.Curves;
import dev.tiebreak.simulation.Contract.Ratios;
import dev.tiebreak.simulation.Contract.Replay;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;

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

  /** Asks for one; gives its number. */
  long request(Map<String, Object> settings) throws InterruptedException {
    return transport
        .send(
            transport
                .request("/projects/" + project + "/replays")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(transport.write(settings)))
                .build(),
            Replay.class)
        .number();
  }

  Replay get(long number) throws InterruptedException {
    return transport.send(transport.request(path(number)).build(), Replay.class);
  }

  /** Cancels it, unless it has ended: then it would be removed. */
  void cancel(long number) throws InterruptedException {
    if (!get(number).hasEnded()) {
      transport.exchange(transport.request(path(number)).DELETE().build());
    }
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
    return transport.send(transport.request(path(number) + "/ratios").build(), Ratios.class);
  }

  /** The names of the measures that it has. */
  List<String> measures(long number) throws InterruptedException {
    return transport
        .send(transport.request(path(number) + "/curves").build(), Curves.class)
        .items()
        .stream()
        .map(Curves.Row::measure)
        .distinct()
        .toList();
  }
}
