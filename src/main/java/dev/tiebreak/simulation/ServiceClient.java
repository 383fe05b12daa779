package dev.tiebreak.simulation;

import dev.tiebreak.simulation.Contract.Batch;
import dev.tiebreak.simulation.Contract.Judgement;
import dev.tiebreak.simulation.Contract.Judgements;
import dev.tiebreak.simulation.Contract.Key;
import dev.tiebreak.simulation.Contract.LogEntry;
import dev.tiebreak.simulation.Contract.LogPage;
import dev.tiebreak.simulation.Contract.Model;
import dev.tiebreak.simulation.Contract.NewKey;
import dev.tiebreak.simulation.Contract.Refit;
import dev.tiebreak.simulation.Contract.ResponsePage;
import dev.tiebreak.simulation.Contract.Result;
import dev.tiebreak.simulation.Contract.Results;
import dev.tiebreak.simulation.Contract.Uploaded;
import dev.tiebreak.simulation.Contract.Verdict;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls of the contract that the simulation makes. */
final class ServiceClient {

  /**
   * The answer of next-batch.
   *
   * @param batch the comparisons, and why there are not more
   * @param pause how long to wait before asking again where there are none
   */
  record Work(Batch batch, Duration pause) {}

  private static final Duration KEY_LIFE = Duration.ofDays(7);
  private static final Duration UPLOAD_TIME = Duration.ofHours(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration DEFAULT_PAUSE = Duration.ofMillis(500);
  private static final long FIRST_POLL_MILLIS = 50;
  private static final long LONGEST_POLL_MILLIS = 1_000;
  private static final int ROUND_ATTEMPTS = 3;

  private final Transport transport;
  private final Duration patience;

  /**
   * Calls over a transport.
   *
   * @param patience how long a round may take
   */
  ServiceClient(Transport transport, Duration patience) {
    this.transport = transport;
    this.patience = patience;
  }

  /** The same calls with another key. */
  ServiceClient with(String key) {
    return new ServiceClient(transport.with(key), patience);
  }

  /** Whether a key is shown. */
  boolean hasKey() {
    return transport.hasKey();
  }

  /**
   * Makes an annotator's key. Where the answer was lost there is one more, which ends by itself.
   */
  Key createKey(String annotator, String project) throws InterruptedException {
    NewKey wanted =
        new NewKey(
            annotator,
            List.of("ANNOTATOR"),
            List.of(project),
            Instant.now().plus(KEY_LIFE).truncatedTo(ChronoUnit.SECONDS).toString());
    return transport.send(json("/keys").POST(body(wanted)).build(), Key.class);
  }

  void revokeKey(String key) throws InterruptedException {
    transport.exchange(transport.request("/keys/" + key).DELETE().build());
  }

  boolean exists(String project) throws InterruptedException {
    return found(transport.request("/projects/" + project).GET().build());
  }

  void create(String project, Map<String, Object> settings) throws InterruptedException {
    transport.exchange(json("/projects/" + project).PUT(body(settings)).build());
  }

  void delete(String project) throws InterruptedException {
    found(transport.request("/projects/" + project + "?confirm=" + project).DELETE().build());
  }

  /** Streams rows; the iterable is run through again where the upload has to be repeated. */
  Uploaded upload(String project, Iterable<byte[]> rows) throws InterruptedException {
    HttpRequest request =
        transport
            .request("/projects/" + project + "/embeddings")
            .timeout(UPLOAD_TIME)
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofByteArrays(rows))
            .build();
    return transport.send(request, Uploaded.class);
  }

  /** Brings choices that were made elsewhere. */
  void importJudgements(String project, List<Judgement> judgements) throws InterruptedException {
    transport.exchange(
        json("/projects/" + project + "/verdicts").POST(body(new Judgements(judgements))).build());
  }

  byte[] write(Object row) {
    return transport.write(row);
  }

  boolean hasResponses(String project) throws InterruptedException {
    HttpRequest request = transport.request("/projects/" + project + "/responses?limit=1").build();
    return !transport.send(request, ResponsePage.class).items().isEmpty();
  }

  /**
   * The annotator's next comparisons.
   *
   * @param waitSeconds how long the service may hold the answer until there is work; 0: not at all
   */
  Work nextBatch(String project, String annotator, int size, int waitSeconds)
      throws InterruptedException {
    HttpRequest.Builder request =
        transport.request(
            "/next-batch?project=%s&annotator=%s&size=%d"
                .formatted(project, encode(annotator), size));
    if (waitSeconds > 0) {
      request.header("Prefer", "wait=" + waitSeconds);
    }
    HttpResponse<byte[]> response = transport.exchange(request.GET().build());
    return new Work(
        transport.read(response, Batch.class),
        longer(Transport.retryAfter(response.headers(), DEFAULT_PAUSE), SHORTEST_PAUSE));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Sends verdicts; one alone goes without an array, and its refusal comes back as a result. */
  List<Result> judge(List<Verdict> verdicts) throws InterruptedException {
    Object message = verdicts.size() == 1 ? verdicts.getFirst() : verdicts;
    try {
      HttpRequest request = json("/verdicts").POST(body(message)).build();
      return transport.send(request, Results.class).results();
    } catch (ServiceException e) {
      if (verdicts.size() == 1 && List.of(403, 404, 409).contains(e.status())) {
        String lease = verdicts.getFirst().lease();
        return List.of(new Result(lease, null, "REFUSED", false, e.getMessage()));
      }
      throw e;
    }
  }

  /** Gives a comparison back; a lease that is no longer live is no trouble. */
  void giveBack(String lease) throws InterruptedException {
    try {
      transport.exchange(transport.request("/leases/" + encode(lease)).DELETE().build());
    } catch (ServiceException e) {
      if (!List.of(404, 409, 410).contains(e.status())) {
        throw e;
      }
    }
  }

  /** Asks for a round and waits until it is done. */
  void round(String project) throws InterruptedException {
    @Nullable Refit refit = null;
    for (int attempt = 0; attempt < ROUND_ATTEMPTS; attempt++) {
      refit = finished(project, requestRound(project));
      if ("DONE".equals(refit.state())) {
        return;
      }
    }
    throw new SimulationException(
        "Round %s of project %s ended in state %s%s"
            .formatted(
                refit == null ? null : refit.number(),
                project,
                refit == null ? null : refit.state(),
                refit == null || refit.detail() == null ? "" : ": " + refit.detail()));
  }

  private Refit requestRound(String project) throws InterruptedException {
    HttpRequest request =
        json("/projects/" + project + "/refits?wait=60")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    HttpResponse<byte[]> response = transport.exchange(request);
    return response.body().length == 0 ? located(response) : transport.read(response, Refit.class);
  }

  private static Refit located(HttpResponse<byte[]> response) {
    String location = response.headers().firstValue("Location").orElse("");
    String number = location.substring(location.lastIndexOf('/') + 1);
    if (!number.matches("\\d{1,18}")) {
      throw new SimulationException("The service accepted a round but didn't say which");
    }
    return new Refit(Long.parseLong(number), "QUEUED", null);
  }

  private Refit finished(String project, Refit requested) throws InterruptedException {
    Refit refit = requested;
    long start = System.nanoTime();
    long pause = FIRST_POLL_MILLIS;
    while ("QUEUED".equals(refit.state()) || "RUNNING".equals(refit.state())) {
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new SimulationException(
            "Round %d of project %s is still %s after %d s"
                .formatted(refit.number(), project, refit.state(), patience.toSeconds()));
      }
      Thread.sleep(pause);
      pause = Math.min(2 * pause, LONGEST_POLL_MILLIS);
      String path = "/projects/%s/refits/%d".formatted(project, refit.number());
      refit = transport.send(transport.request(path).build(), Refit.class);
    }
    return refit;
  }

  Model model(String project) throws InterruptedException {
    return transport.send(
        transport.request("/projects/" + project + "/model").build(), Model.class);
  }

  /** Hands over the whole verdict log, in order. */
  void log(String project, Consumer<LogEntry> entries) throws InterruptedException {
    @Nullable String cursor = null;
    do {
      String path = "/projects/" + project + "/verdicts?limit=1000";
      String more = cursor == null ? "" : "&cursor=" + encode(cursor);
      LogPage page = transport.send(transport.request(path + more).build(), LogPage.class);
      page.items().forEach(entries);
      cursor = page.nextCursor();
    } while (cursor != null);
  }

  private boolean found(HttpRequest request) throws InterruptedException {
    try {
      transport.exchange(request);
      return true;
    } catch (ServiceException e) {
      if (e.status() == 404) {
        return false;
      }
      throw e;
    }
  }

  private HttpRequest.Builder json(String path) {
    return transport.request(path).header("Content-Type", "application/json");
  }

  private HttpRequest.BodyPublisher body(Object message) {
    return BodyPublishers.ofByteArray(transport.write(message));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
