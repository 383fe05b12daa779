package dev.tiebreak.contract.generated;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends generated requests, one after the other, and holds each answer against the rules. The same
 * seed draws the same requests, but for what the service names itself (leases, cursors).
 */
final class Campaign implements AutoCloseable {

  /** Refused requests after which the database is looked at. */
  private static final int BATCH = 50;

  /** Requests after which everything is set up anew. */
  private static final int RENEWAL = 5000;

  private static final List<Operation> OPERATIONS =
      Operation.all().stream()
          .flatMap(
              operation -> Stream.generate(() -> operation).limit(operation.takesBody() ? 4 : 1))
          .toList();

  private static final List<Change> CHANGES =
      Stream.of(
              BodyChanges.all(),
              BodyChanges.all(),
              TextChanges.all(),
              TargetChanges.all(),
              HeaderChanges.all(),
              FramingChanges.all())
          .flatMap(List::stream)
          .toList();

  private final long seed;
  private final Playground playground;
  private final StateDigest digest;
  private final Http http;
  private final Wire wire;
  private final List<Sent> unverified = new ArrayList<>();
  private final List<Sent> uncertain = new ArrayList<>();
  private Set<String> state = Set.of();
  private Tally tally = new Tally();
  private long taken;

  /** A run in projects of its own, by the worker's number. */
  Campaign(long seed, int worker, Http http, JdbcClient owner) {
    String prefix = "g" + worker + "-";
    this.seed = seed;
    this.http = http;
    playground = new Playground(http, prefix);
    digest = new StateDigest(owner, prefix);
    wire = new Wire(http.service().getPort());
  }

  /** Sends the requests of these numbers. */
  void run(long first, long count, Tally into) throws IOException {
    tally = into;
    for (long number = first; number < first + count; number++, taken++) {
      if (taken % RENEWAL == 0) {
        finishBatch();
        playground.renew();
        settle();
      }
      take(drafted(number));
    }
    finishBatch();
  }

  /** Removes what was set up. */
  void clear() {
    playground.remove();
  }

  /** What surely changes nothing goes at once, the rest when what has gone is verified. */
  private void take(Sent planned) throws IOException {
    if (planned.draft().certainlyWrong || !planned.draft().operation.writes()) {
      Sent sent = send(planned);
      if (sent.isAccepted() && planned.draft().certainlyWrong) {
        restore(sent);
      }
      unverified.add(sent);
    } else {
      uncertain.add(planned);
    }
    if (unverified.size() + uncertain.size() >= BATCH) {
      finishBatch();
    }
  }

  private void finishBatch() throws IOException {
    verify();
    for (Sent planned : uncertain) {
      Sent sent = send(planned);
      if (sent.isAccepted()) {
        restore(sent);
      } else {
        unverified.add(sent);
        verify();
      }
    }
    uncertain.clear();
  }

  private Sent drafted(long number) {
    Draws draws = new Draws(seed, number);
    Draft draft = new Drafts(draws, playground.handles()).of(draws.of(OPERATIONS));
    int changes = draws.oneIn(5) ? 0 : draws.oneIn(6) ? 2 : 1;
    for (int tries = 0; draft.changes.size() < changes && tries < 50; tries++) {
      draws.of(CHANGES).apply(draft, draws);
    }
    if (draft.changes.size() > 1) {
      // one may undo the other
      draft.certainlyWrong = false;
    }
    if (draft.headers.stream().noneMatch(line -> line.startsWith("X-Request-Id"))) {
      draft.header("X-Request-Id", "generated-" + seed + "-" + number);
    }
    return new Sent(seed, number, draft, draft.raw(draws), null);
  }

  private Sent send(Sent planned) throws IOException {
    Draft draft = planned.draft();
    try {
      Answer answer =
          wire.exchange(draft.operation.toString(), planned.raw(), draft.method.equals("HEAD"));
      Sent sent = new Sent(seed, planned.number(), draft, planned.raw(), answer);
      Rules.broken(draft, answer).forEach((rule, what) -> tally.add(rule, what, sent));
      tally.count(answer.status());
      return sent;
    } catch (Wire.NoAnswerException | IllegalStateException none) {
      tally.add(Rule.ANSWERED, String.valueOf(none.getMessage()), planned);
      wire.close();
      return planned;
    }
  }

  /** What was refused must have changed nothing. */
  private void verify() throws IOException {
    Set<String> now = unverified.isEmpty() ? state : digest.now();
    if (!now.equals(state)) {
      blame(changed(now));
      settle();
    }
    unverified.clear();
  }

  private String changed(Set<String> now) {
    Set<String> lines = new HashSet<>(now);
    lines.removeAll(state);
    return lines.stream().map(line -> line.split(" ")[0]).sorted().toList().toString();
  }

  /** Sends all again, one at a time, to see which it is. */
  private void blame(String tables) throws IOException {
    settle();
    for (Sent suspect : List.copyOf(unverified)) {
      if (unverified.size() > 1) {
        send(suspect);
      }
      Set<String> now = digest.now();
      if (unverified.size() == 1 || !now.equals(state)) {
        tally.add(Rule.NOTHING_CHANGED, tables + " changed", suspect);
        return;
      }
    }
    tally.add(
        Rule.NOTHING_CHANGED,
        tables + " changed by one of " + unverified.size() + " requests, but not again",
        unverified.getFirst());
  }

  /** After what was accepted: settings as before. */
  private void restore(Sent accepted) {
    if (accepted.draft().operation.path().equals("/projects/{project}")) {
      playground.restore();
    }
    settle();
  }

  /** Lets what was accepted come to rest; what is stored then is what must not change. */
  void rest() {
    if (taken > 0) {
      settle();
    }
  }

  private void settle() {
    digest.replays().forEach(http::delete);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofMinutes(2))
        .until(() -> !digest.isBusy());
    state = digest.now();
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
