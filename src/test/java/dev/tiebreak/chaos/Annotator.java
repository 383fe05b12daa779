package dev.tiebreak.chaos;

import dev.tiebreak.chaos.Journal.Kind;
import dev.tiebreak.chaos.Journal.Line;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/**
 * An annotator's tool: leases, answers in arrays and singly, skips, gives back, revises, and leaves
 * some leases until they have run out, to answer them late. Every verdict is in its journal before
 * it is sent and once it is acknowledged.
 */
final class Annotator {

  /** How an annotator works. */
  record Habits(
      int size,
      double skips,
      double givesBack,
      double abandons,
      double revises,
      long pauseMillis) {}

  private static final List<String> PREFERENCES = List.of("LEFT", "RIGHT", "TIE", "BOTH_BAD");

  private final String name;
  private final String project;
  private final Habits habits;
  private final long leaseMillis;
  private final Client client;
  private final Traffic traffic;
  private final Journal journal;
  private final Random random;
  private final BooleanSupplier over;
  private final Deque<Late> late = new ArrayDeque<>();
  private final Set<String> put = new HashSet<>();

  private record Late(String lease, long due) {}

  /** A verdict to send. */
  private record Verdict(String lease, String preference) {

    /** The lease's number stands between the project and the token. */
    long number() {
      return number(lease);
    }

    static long number(String lease) {
      return Long.parseLong(lease.split("\\.")[1]);
    }

    Map<String, Object> body() {
      Map<String, Object> body = new HashMap<>();
      body.put("lease", lease);
      body.put("preference", preference);
      return body;
    }
  }

  Annotator(
      String name,
      String project,
      int leaseSeconds,
      Habits habits,
      Client client,
      Traffic traffic,
      Path journals,
      Random random,
      BooleanSupplier over)
      throws IOException {
    this.name = name;
    this.project = project;
    this.leaseMillis = leaseSeconds * 1000L;
    this.habits = habits;
    this.client = client;
    this.traffic = traffic;
    this.journal = Journal.open(journals.resolve(name));
    this.random = random;
    this.over = over;
  }

  /** Works until the run is over. */
  Void work() throws IOException, InterruptedException {
    try (journal) {
      while (!over.getAsBoolean()) {
        answerLate();
        List<String> leases = next();
        if (leases.isEmpty()) {
          Thread.sleep(100);
        } else {
          judge(leases);
          Thread.sleep(habits.pauseMillis);
        }
      }
    }
    return null;
  }

  private List<String> next() throws IOException, InterruptedException {
    String path =
        "/next-batch?project=%s&annotator=%s&size=%d".formatted(project, name, habits.size);
    long asked = traffic.now();
    Optional<Client.Reply> reply = client.send(client.request(path).GET(), () -> false);
    List<String> leases = new ArrayList<>();
    List<Line> shown = new ArrayList<>();
    reply
        .map(answer -> answer.body().path("items"))
        .ifPresent(items ->
            items.forEach(item -> {
              String lease = item.path("lease").asString();
              if (!put.contains(lease)) {
                leases.add(lease);
                shown.add(shown(asked, item, lease));
              }
            }));
    if (!shown.isEmpty()) {
      journal.append(shown);
    }
    return leases;
  }

  private Line shown(long asked, JsonNode item, String lease) {
    long comparison = item.path("comparison").asLong();
    return new Line(asked, Kind.SHOWN, name, Verdict.number(lease), comparison, "", "", 0, false);
  }

  private void judge(List<String> leases) throws IOException, InterruptedException {
    List<Verdict> verdicts = new ArrayList<>();
    for (String lease : leases) {
      double chance = random.nextDouble();
      if (chance < habits.givesBack) {
        giveBack(lease);
      } else if (chance < habits.givesBack + habits.abandons) {
        put.add(lease);
        late.add(new Late(lease, traffic.now() + leaseMillis + random.nextInt(1000)));
      } else if (chance < habits.givesBack + habits.abandons + habits.skips) {
        verdicts.add(new Verdict(lease, "SKIP"));
      } else {
        verdicts.add(new Verdict(lease, preference()));
      }
    }
    if (!verdicts.isEmpty()) {
      send(verdicts);
      revise(verdicts);
    }
  }

  private String preference() {
    return PREFERENCES.get(random.nextInt(PREFERENCES.size()));
  }

  private void revise(List<Verdict> verdicts) throws IOException, InterruptedException {
    List<Verdict> revised = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      if (random.nextDouble() < habits.revises) {
        revised.add(new Verdict(verdict.lease, preference()));
      }
    }
    if (!revised.isEmpty()) {
      send(revised);
    }
  }

  private void giveBack(String lease) throws IOException, InterruptedException {
    put.add(lease);
    journal.append(
        List.of(
            new Line(
                traffic.now(), Kind.GIVE_BACK, name, Verdict.number(lease), 0, "", "", 0, false)));
    client.send(client.request("/leases/" + lease).DELETE(), this::wanted);
  }

  private void answerLate() throws IOException, InterruptedException {
    List<Verdict> due = new ArrayList<>();
    while (!late.isEmpty() && late.getFirst().due < traffic.now()) {
      due.add(new Verdict(late.removeFirst().lease, preference()));
    }
    if (!due.isEmpty()) {
      send(due);
    }
  }

  private void send(List<Verdict> verdicts) throws IOException, InterruptedException {
    journal.append(verdicts.stream().map(this::attempt).toList());
    List<Map<String, Object>> bodies = verdicts.stream().map(Verdict::body).toList();
    HttpRequest.Builder request =
        client.json("/verdicts", "POST", bodies.size() == 1 ? bodies.getFirst() : bodies);
    Optional<Client.Reply> reply =
        client.send(random.nextInt(3) == 0 ? Client.keyed(request) : request, this::wanted);
    if (reply.isPresent()) {
      note(verdicts, reply.get());
    }
  }

  private Line attempt(Verdict verdict) {
    return new Line(
        traffic.now(), Kind.ATTEMPT, name, verdict.number(), 0, verdict.preference, "", 0, false);
  }

  private void note(List<Verdict> verdicts, Client.Reply reply) throws IOException {
    JsonNode results = reply.body().path("results");
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      JsonNode result = results.get(i);
      if (!result.path("verdict").isNull()) {
        Verdict verdict = verdicts.get(i);
        lines.add(
            new Line(
                traffic.now(),
                Kind.ACKNOWLEDGED,
                name,
                verdict.number(),
                0,
                verdict.preference,
                result.path("outcome").asString(),
                result.path("verdict").asLong(),
                result.path("counted").asBoolean()));
      }
    }
    if (!lines.isEmpty()) {
      journal.append(lines);
      traffic.acknowledged(lines.size());
    }
  }

  private boolean wanted() {
    return !over.getAsBoolean();
  }
}
