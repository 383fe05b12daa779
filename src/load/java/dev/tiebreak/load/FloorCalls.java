package dev.tiebreak.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes the floor's calls and notes what came of them. */
final class FloorCalls {

  private static final int SIZE = 10;
  private static final String LEASE = "\"lease\":\"";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Client client;
  private final Floor floor;
  private final Acknowledged acknowledged;
  private final MadeUpResponses responses;
  private final int together;

  FloorCalls(
      Client client,
      Floor floor,
      Acknowledged acknowledged,
      MadeUpResponses responses,
      int together) {
    this.client = client;
    this.floor = floor;
    this.acknowledged = acknowledged;
    this.responses = responses;
    this.together = together;
  }

  /**
   * Makes a call.
   *
   * @param due when it should have begun, by {@link System#nanoTime}
   */
  void make(Call call, Measurements measurements, long due) {
    switch (call) {
      case NEXT_BATCH -> nextBatch(measurements, due);
      case VERDICT -> verdicts(call, 1, measurements, due);
      case VERDICTS -> verdicts(call, together, measurements, due);
      case GIVE_BACK -> giveBack(measurements, due);
      case PROGRESS ->
          plain(call, measurements, due, () -> client.get("/projects/" + project() + "/progress"));
      case METRICS -> plain(call, measurements, due, () -> client.get("/metrics"));
      case UPLOAD ->
          plain(
              call,
              measurements,
              due,
              () -> client.upload("/projects/" + project() + "/embeddings", responses.more()));
    }
  }

  private String project() {
    List<String> projects = floor.projects();
    return projects.get(ThreadLocalRandom.current().nextInt(projects.size()));
  }

  @FunctionalInterface
  private interface Exchange {
    Reply send() throws IOException;
  }

  /** A call of which nothing but the status matters. */
  private static void plain(Call call, Measurements measurements, long due, Exchange exchange) {
    try {
      settle(call, measurements, due, exchange.send());
    } catch (IOException lost) {
      measurements.error(call + " " + lost);
    }
  }

  /** Notes the answer; tells whether the call was served. */
  private static boolean settle(Call call, Measurements measurements, long due, Reply reply) {
    if (reply.status() / 100 == 2) {
      measurements.served(call, due);
      return true;
    }
    if (reply.refused()) {
      measurements.refused(due);
    } else {
      measurements.error(call + " " + reply.status() + " " + reply.text());
    }
    return false;
  }

  private void nextBatch(Measurements measurements, long due) {
    Annotator annotator = floor.somebody();
    String path =
        "/next-batch?project=%s&annotator=%s&size=%d"
            .formatted(annotator.project(), annotator.name(), SIZE);
    try {
      Reply reply = client.get(path);
      if (settle(Call.NEXT_BATCH, measurements, due, reply)) {
        hand(annotator, reply.text(), measurements);
      }
    } catch (IOException lost) {
      measurements.error(Call.NEXT_BATCH + " " + lost);
    }
  }

  /** Finds the leases without reading the texts. */
  private void hand(Annotator annotator, String answer, Measurements measurements) {
    int fresh = 0;
    int items = 0;
    for (int at = answer.indexOf(LEASE); at >= 0; at = answer.indexOf(LEASE, at)) {
      int begin = at + LEASE.length();
      at = answer.indexOf('"', begin);
      items++;
      fresh += floor.hand(annotator, answer.substring(begin, at)) ? 1 : 0;
    }
    measurements.leased(fresh);
    if (items < SIZE) {
      measurements.shortBatch();
    }
  }

  private void verdicts(Call call, int most, Measurements measurements, long due) {
    List<Task> tasks = floor.take(most);
    if (tasks.isEmpty()) {
      return;
    }
    String body =
        call == Call.VERDICT
            ? tasks.getFirst().json()
            : tasks.stream().map(Task::json).collect(Collectors.joining(",", "[", "]"));
    try {
      Reply reply = client.post("/verdicts", body);
      if (call == Call.VERDICT && reply.status() == 409) {
        // a fit has used the verdict that was to be revised
        measurements.served(call, due);
        measurements.verdict("REFUSED");
      } else if (settle(call, measurements, due, reply)) {
        note(tasks, reply, measurements);
      } else {
        floor.keep(tasks);
      }
    } catch (IOException lost) {
      acknowledged.uncertain(tasks.size());
      floor.keep(tasks);
      measurements.error(call + " " + lost);
    }
  }

  private void note(List<Task> tasks, Reply reply, Measurements measurements) {
    List<JsonNode> results = new ArrayList<>();
    JSON.readTree(reply.body()).get("results").forEach(results::add);
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      String outcome = results.get(i).get("outcome").asString();
      measurements.verdict(outcome);
      if (outcome.equals("REFUSED")) {
        continue;
      }
      if (!outcome.equals("DUPLICATE")) {
        acknowledged.add(results.get(i).get("verdict").asInt(), task.preference());
      }
      floor.done(task);
    }
  }

  private void giveBack(Measurements measurements, long due) {
    Task task = floor.takeReturn();
    if (task != null) {
      String path = "/leases/" + task.lease() + "?annotator=" + task.annotator().name();
      plain(Call.GIVE_BACK, measurements, due, () -> client.delete(path));
    }
  }
}
